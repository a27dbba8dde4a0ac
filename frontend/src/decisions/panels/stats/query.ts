/** Statistics of the table: asked again now and then, and when the time is changed. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useAtomValue } from "jotai";
import { readStats } from "../../server/calls";
import { useDesk } from "../desk";
import { daysAtom } from "./atoms";

const AGAIN_MS = 60_000;

export function useStats() {
  const { table } = useDesk();
  const days = useAtomValue(daysAtom);
  return useQuery({ queryKey: ["decision-stats", table.id, days], queryFn: () => readStats(table.id, days), placeholderData: keepPreviousData, refetchInterval: AGAIN_MS });
}
