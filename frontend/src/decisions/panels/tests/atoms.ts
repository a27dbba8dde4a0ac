/** What the tests said last. */
import { atom } from "jotai";
import type { TableState } from "../../../doc";
import type { TestReport } from "../../server/types";

export interface Tested {
  readonly report: TestReport;
  /** The document that was tested. */
  readonly of: TableState;
}

export const testedAtom = atom<Tested | null>(null);
export const testingAtom = atom(false);
export const testProblemAtom = atom<string | null>(null);
/** Pressed “Run all”: counted up. */
export const runTestsAgainAtom = atom(0);
