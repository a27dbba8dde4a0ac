/** Versions of the table, and what leads from one to another. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { readDiff, readVersions, restoreVersion } from "../../server/calls";
import type { VersionName } from "../../server/types";
import { useDesk, type Desk } from "../desk";

const versionsKey = (table: string) => ["decision-versions", table] as const;

export function useVersions() {
  const { table } = useDesk();
  return useInfiniteQuery({
    queryKey: versionsKey(table.id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => readVersions(table.id, pageParam),
    getNextPageParam: (last) => last.page_info?.next_cursor ?? null,
  });
}

/** Of the draft as the server has it: what waits is sent first. */
export function useDiff(from: VersionName | null, to: VersionName, stamp: unknown) {
  const desk = useDesk();
  return useQuery({
    queryKey: ["decision-diff", desk.table.id, from, to, stamp],
    enabled: from !== null,
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      await desk.settled();
      return readDiff(desk.table.id, from ?? "published", to, signal);
    },
  });
}

export async function restore(desk: Desk, number: number): Promise<void> {
  await desk.settled();
  await restoreVersion(desk.table.id, number);
  desk.refresh();
  await versionsChanged(desk);
}

export async function versionsChanged({ queries, table }: Desk): Promise<void> {
  await queries.invalidateQueries({ queryKey: versionsKey(table.id) });
}
