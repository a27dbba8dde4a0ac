/** What the tests do not reach, as the canvas shows it; null: it is not shown. */
import { atom, useAtomValue } from "jotai";
import { selectAtom } from "jotai/utils";
import { useMemo } from "react";

export interface CoverageMarks {
  readonly coveredNodes: number;
  readonly allNodes: number;
  readonly coveredBranches: number;
  readonly allBranches: number;
  readonly nodes: ReadonlySet<string>;
  /** `node:output` */
  readonly branches: ReadonlySet<string>;
}

export const coverageAtom = atom<CoverageMarks | null>(null);

export function useIsUncovered(node: string): boolean {
  return useAtomValue(useMemo(() => selectAtom(coverageAtom, (marks) => marks?.nodes.has(node) ?? false), [node]));
}

/** Whether no test takes this way out of a step. */
export function useIsUntaken(node: string, output: string): boolean {
  return useAtomValue(useMemo(() => selectAtom(coverageAtom, (marks) => marks?.branches.has(`${node}:${output}`) ?? false), [node, output]));
}
