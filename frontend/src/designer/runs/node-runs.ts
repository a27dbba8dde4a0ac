/** The runs of one node in the execution that is shown, with what went in and came out. */
import { useQuery } from "@tanstack/react-query";
import { useAtomValue } from "jotai";
import { useMemo } from "react";
import { runStateAtom, shownRunAtom } from "./atoms";
import { keys } from "./keys";
import { isFinal } from "./run-state";
import { readNodes, type NodeRowFull } from "./server";

/** While a run goes on its data are read again after so long; all of them at once when it ends. */
const AGAIN_MS = 1_500;
const NONE: readonly NodeRowFull[] = [];

export function useRunData(): { readonly rows: readonly NodeRowFull[]; readonly isLoading: boolean } {
  const shown = useAtomValue(shownRunAtom);
  const run = useAtomValue(runStateAtom);
  const live = run !== null && !isFinal(run.status);
  const { data, isLoading } = useQuery({
    queryKey: keys.nodes(shown?.execution ?? ""),
    queryFn: () => readNodes(shown?.execution ?? ""),
    enabled: shown !== null,
    refetchInterval: live ? AGAIN_MS : false,
    staleTime: live ? 0 : Infinity,
  });
  return { rows: data ?? NONE, isLoading };
}

/** In the order in which they happened; more than one in loops. */
export function useNodeRuns(node: string): readonly NodeRowFull[] {
  const { rows } = useRunData();
  return useMemo(() => rows.filter(({ node_id }) => node_id === node), [rows, node]);
}
