/** What the checks said last. */
import { atom } from "jotai";
import type { Verification } from "../../server/types";

export interface Checked {
  readonly verification: Verification | null;
  /** The table has changed since; a newer answer is on its way. */
  readonly isStale: boolean;
  readonly problem: string | null;
}

export const checkedAtom = atom<Checked>({ verification: null, isStale: true, problem: null });
/** The finding that was chosen, by its place in the list. */
export const chosenFindingAtom = atom<number | null>(null);
/** Pressed “Check again”: counted up. */
export const checkAgainAtom = atom(0);
