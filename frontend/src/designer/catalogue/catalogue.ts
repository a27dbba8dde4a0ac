/** The node types that there are to build with, by name. */
import { api } from "../../api/client";
import type { components } from "../../api/schema";

export type NodeType = components["schemas"]["NodeType"];
export type NodeParameter = components["schemas"]["NodeParameter"];
export type NodePort = components["schemas"]["NodePort"];

export class Catalogue {
  readonly #types: ReadonlyMap<string, NodeType>;

  constructor(readonly all: readonly NodeType[]) {
    this.#types = new Map(all.map((type) => [type.type, type]));
  }

  /** Undefined for a type that is not installed here. */
  get(type: string): NodeType | undefined {
    return this.#types.get(type);
  }
}

export async function loadCatalogue(): Promise<Catalogue> {
  const { data } = await api.GET("/api/v1/node-types/");
  return new Catalogue(data?.items ?? []);
}
