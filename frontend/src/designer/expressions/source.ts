/** Where completion and results come from: the API, asked once where the answer stays the same. */
import type { QueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { Json } from "../../doc/json";
import type { PreviewAnswer, PreviewSource, Reference, Scope, ScopeNode, ScopeRoot, ScopeSource } from "./types";

const SCOPE_FRESH_MS = 30_000;

export interface ExpressionPlace {
  readonly workflow: string;
  readonly node: string;
  /** Whose data are shown; without one the newest execution that has data for the node. */
  readonly execution?: string | null | undefined;
  /** Resolves when the server knows the graph as it is shown: the node itself may be new to it. */
  readonly ready: () => Promise<void>;
}

/** What an expression of a node can see. It is asked anew after half a minute, and when a run has ended. */
export function scopeSource(queries: QueryClient, place: ExpressionPlace): ScopeSource {
  return {
    async scope() {
      const [seen, reference] = await Promise.all([readScope(queries, place), readReference(queries)]);
      return { ...seen, reference };
    },
  };
}

/** The key under which a node's scope is kept; shorter keys invalidate more: `["scope", workflow]`. */
export function scopeKey({ workflow, node, execution }: Omit<ExpressionPlace, "ready">): readonly unknown[] {
  return ["scope", workflow, node, execution ?? null];
}

export function previewSource({ workflow, node, execution, ready }: ExpressionPlace): PreviewSource {
  return {
    async preview(expression, signal, { item, limit } = {}) {
      await ready();
      const { data } = await api.POST("/api/v1/workflows/{workflow_id}/preview/", {
        params: { path: { workflow_id: workflow } },
        body: { node, expression, ...(execution ? { execution } : {}), ...(limit ? { limit } : {}), ...(item === undefined ? {} : { item }) },
        signal,
      });
      return data as PreviewAnswer;
    },
  };
}

function readScope(queries: QueryClient, place: ExpressionPlace): Promise<Omit<Scope, "reference">> {
  const { workflow, node, execution, ready } = place;
  return queries.fetchQuery({
    queryKey: scopeKey(place),
    staleTime: SCOPE_FRESH_MS,
    queryFn: async ({ signal }) => {
      await ready();
      const query = execution ? { execution } : {};
      const { data } = await api.GET("/api/v1/workflows/{workflow_id}/nodes/{node_id}/scope/", {
        params: { path: { workflow_id: workflow, node_id: node }, query },
        signal,
      });
      const { execution: shown, roots, nodes } = data as Omit<Scope, "reference">;
      return { execution: shown, roots: roots.map(known<ScopeRoot>), nodes: nodes.map(known<ScopeNode>) };
    },
  });
}

function readReference(queries: QueryClient): Promise<Reference> {
  return queries.fetchQuery({
    queryKey: ["expression-reference"],
    staleTime: Infinity,
    gcTime: Infinity,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/expressions/reference/", { signal });
      return data?.entries ?? [];
    },
  });
}

/** The server says null for a sample that it has not. */
function known<T extends { readonly sample?: Json | undefined }>(each: T): T {
  return each.sample === null ? { ...each, sample: undefined } : each;
}
