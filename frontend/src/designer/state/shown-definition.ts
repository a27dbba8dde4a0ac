/** A definition of the past in the place of the draft; null: the draft itself is on the canvas. Set with `showsPastAtom`. */
import { atom } from "jotai";
import type { WorkflowState } from "../../doc";

export const shownDefinitionAtom = atom<WorkflowState | null>(null);
