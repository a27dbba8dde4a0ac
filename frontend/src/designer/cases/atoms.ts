/** What the tests said last while this page is open, and what is being run. */
import { atom } from "jotai";
import type { CoverageMarks } from "../state/coverage";
import { branchKey } from "./report";
import type { Coverage, Report } from "./types";

export const reportAtom = atom<Report | null>(null);

export interface Running {
  readonly tests: ReadonlySet<string>;
  readonly done: number;
}

export const runningCasesAtom = atom<Running | null>(null);

export function marksOf({ nodes, branches }: Coverage): CoverageMarks {
  return {
    coveredNodes: nodes.covered,
    allNodes: nodes.total,
    coveredBranches: branches.covered,
    allBranches: branches.total,
    nodes: new Set(nodes.missing),
    branches: new Set(branches.missing.map(branchKey)),
  };
}
