/** Whether the workflow can be changed at present: not without the right, and not while a past run or version is shown. */
import { atom } from "jotai";

/** Set once from the person's rights. */
export const mayWriteAtom = atom(true);
/** Something of the past is on the canvas. */
export const showsPastAtom = atom(false);
export const readOnlyAtom = atom((get) => !get(mayWriteAtom) || get(showsPastAtom));
