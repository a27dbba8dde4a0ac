/** Versions of the workflow, and how they differ. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Json } from "../../doc";
import { useDesigner, type Designer } from "../model/designer";
import { settled } from "../../document/settled";
import { refreshFacts } from "./facts";
import { versionKey } from "./version-number";

export type Version = components["schemas"]["Version"];
export type Diff = components["schemas"]["Diff"];

const PAGE = 30;
const KEEP_MS = 300_000;
export const DRAFT = "draft";

const listKey = (id: string) => ["versions", id] as const;

export function useVersions() {
  const { id } = useDesigner().props.workflow;
  return useInfiniteQuery({
    queryKey: listKey(id),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const { data } = await api.GET("/api/v1/workflows/{workflow_id}/versions/", { params: { path: { workflow_id: id }, query } });
      return data;
    },
    getNextPageParam: (last) => (last && "next_cursor" in last.page_info ? last.page_info.next_cursor : null),
  });
}

/** What leads from one version to another, or to the draft. */
export function useDiff(from: number | null, to: number | typeof DRAFT) {
  const { id } = useDesigner().props.workflow;
  return useQuery({
    queryKey: ["diff", id, from, to],
    enabled: from !== null,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const params = { path: { workflow_id: id }, query: { from: from ?? 0, to: String(to) } };
      return (await api.GET("/api/v1/workflows/{workflow_id}/diff/", { params, signal })).data ?? null;
    },
  });
}

export async function restore(designer: Designer, version: number): Promise<void> {
  await settled(designer);
  await api.POST("/api/v1/workflows/{workflow_id}/restore/", { params: { path: { workflow_id: designer.props.workflow.id } }, body: { version } });
  await versionsChanged(designer);
}

/** Give the present state a name: it stays as a version of its own. */
export async function nameVersion(designer: Designer, message: string): Promise<void> {
  await settled(designer);
  await api.POST("/api/v1/workflows/{workflow_id}/versions/", { params: { path: { workflow_id: designer.props.workflow.id } }, body: { message } });
  await versionsChanged(designer);
}

async function versionsChanged(designer: Designer): Promise<void> {
  const { id } = designer.props.workflow;
  designer.document.sync.wake();
  await Promise.all([
    designer.queries.invalidateQueries({ queryKey: listKey(id) }),
    designer.queries.invalidateQueries({ queryKey: versionKey(id) }),
    refreshFacts(designer),
  ]);
}

/** The definition of a version, or of the draft as it is here. */
export function useDefinition(version: number | typeof DRAFT) {
  const { props, document } = useDesigner();
  const { id } = props.workflow;
  return useQuery({
    queryKey: ["definition", id, version],
    // The draft is different the next time.
    gcTime: version === DRAFT ? 0 : KEEP_MS,
    queryFn: async () => {
      if (version === DRAFT) return document.store.state() as Json;
      const { data } = await api.GET("/api/v1/workflows/{workflow_id}/versions/{number}/", { params: { path: { workflow_id: id, number: version } } });
      return (data?.definition ?? {}) as Json;
    },
  });
}
