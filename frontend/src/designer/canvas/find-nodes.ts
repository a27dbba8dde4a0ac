/** Nodes that have a text: in their name, their type, or somewhere in their parameters. Pure. */
import { nameOf, type Json, type NodeState } from "../../doc";
import type { Catalogue } from "../catalogue/catalogue";

export interface FoundNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Where it was found, when that is neither the name nor the type: the parameter and what stands around. */
  readonly where: { readonly path: string; readonly text: string } | null;
}

const MOST = 100;
const BEFORE = 24;
const AFTER = 56;

/** Names first, then types, then parameters; in the order of the workflow otherwise. */
export function foundNodes(nodes: readonly NodeState[], catalogue: Catalogue, query: string): FoundNode[] {
  const wanted = query.trim().toLowerCase();
  const ranked = nodes.flatMap((node): { readonly rank: number; readonly found: FoundNode }[] => {
    const type = catalogue.get(node.type)?.name ?? node.type;
    const found = { id: node.id, name: nameOf(node), type, where: null };
    if (nameOf(node).toLowerCase().includes(wanted)) return [{ rank: 0, found }];
    if (type.toLowerCase().includes(wanted)) return [{ rank: 1, found }];
    const where = place((node["parameters"] ?? {}) as Json, wanted, "");
    return where ? [{ rank: 2, found: { ...found, where } }] : [];
  });
  return ranked.toSorted((one, other) => one.rank - other.rank).slice(0, MOST).map(({ found }) => found);
}

function place(value: Json, wanted: string, path: string): FoundNode["where"] {
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    const at = text.toLowerCase().indexOf(wanted);
    return at < 0 ? null : { path, text: excerpt(text, at, wanted.length) };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const found = place(member as Json, wanted, path === "" ? key : `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

function excerpt(text: string, at: number, length: number): string {
  const from = Math.max(0, at - BEFORE);
  const to = Math.min(text.length, at + length + AFTER);
  const line = text.slice(from, to).replace(/\s+/g, " ");
  return `${from > 0 ? "…" : ""}${line}${to < text.length ? "…" : ""}`;
}
