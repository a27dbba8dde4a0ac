/** Puts the hits of each rule beside it. Nothing else is seen of it. */
import { useSetAtom } from "jotai";
import { useEffect } from "react";
import { putBesideAtom } from "../../state/beside";
import { useTable } from "../desk";
import { HITS, hitsColumn } from "./hits";
import { useStats } from "./query";

export function StatsWork() {
  const table = useTable();
  const { data } = useStats();
  const put = useSetAtom(putBesideAtom);
  useEffect(() => put(HITS, data ? hitsColumn(data, table) : null), [data, table, put]);
  return null;
}
