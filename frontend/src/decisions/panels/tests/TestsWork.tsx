/** Runs the tests once each change is saved, and shows which rules they reach. Nothing is seen of it. */
import { useQuery } from "@tanstack/react-query";
import { useAtomValue, useSetAtom, useStore } from "jotai";
import { useEffect } from "react";
import type { TableState } from "../../../doc";
import { putBesideAtom } from "../../state/beside";
import { readCases, runCases } from "../../server/calls";
import type { TestReport } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { Follower } from "../follow";
import { runTestsAgainAtom, testedAtom, testingAtom, testProblemAtom } from "./atoms";
import { caseKey } from "./cases";
import { COVERAGE, coverageColumn } from "./coverage";

const QUIET_MS = 1_000;

export function TestsWork() {
  const desk = useDesk();
  const atoms = useStore();
  const again = useAtomValue(runTestsAgainAtom);
  const cases = useQuery({ queryKey: caseKey(desk.table.id), queryFn: () => readCases(desk.table.id) });
  // What a test says counts as well as how many there are.
  const stamp = cases.dataUpdatedAt;
  const runs = desk.rights.run && (cases.data?.length ?? 0) > 0;
  useEffect(() => {
    if (!runs) {
      atoms.set(testedAtom, null);
      return;
    }
    const follower = new Follower<TableState, TestReport>(QUIET_MS, {
      state: desk.state,
      stale: () => {},
      ask: async () => {
        await desk.settled();
        atoms.set(testingAtom, true);
        return runCases(desk.table.id);
      },
      answered: (report, of) => {
        atoms.set(testingAtom, false);
        atoms.set(testProblemAtom, null);
        atoms.set(testedAtom, { report, of });
      },
      failed: (error) => {
        atoms.set(testingAtom, false);
        atoms.set(testProblemAtom, (error as Error).message);
      },
    });
    follower.again();
    const stop = desk.subscribe(follower.changed);
    return () => (stop(), follower.stop(), atoms.set(testingAtom, false));
  }, [desk, atoms, runs, again, stamp]);
  return <Coverage />;
}

function Coverage() {
  const table = useTable();
  const tested = useAtomValue(testedAtom);
  const put = useSetAtom(putBesideAtom);
  useEffect(() => put(COVERAGE, tested ? coverageColumn(tested.report, table) : null), [tested, table, put]);
  return null;
}
