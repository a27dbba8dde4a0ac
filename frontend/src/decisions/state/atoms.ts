/** What the table designer shows beside the document: where the person is, what is open, what is marked. */
import { atom } from "jotai";
import type { CellPlace, Side } from "./places";

/** Set once from the person's rights. */
export const mayWriteAtom = atom(true);
/** A version of the past is in the grid, in the place of the draft. Set with `shownTableAtom`. */
export const showsPastAtom = atom(false);
export const readOnlyAtom = atom((get) => !get(mayWriteAtom) || get(showsPastAtom));

/** The panel that is open at the right, by the id of its slot; null: none. */
export const panelAtom = atom<string | null>(null);

/** One dialog at a time. */
export type DialogState =
  /** A column; `name` null: a new one, behind the column `after` (null: first; left out: last). */
  | { readonly kind: "column"; readonly side: Side; readonly name: string | null; readonly after?: string | null }
  | { readonly kind: "commands" }
  | { readonly kind: "shortcuts" }
  | { readonly kind: "lost" }
  /** One of another part, from `dialogSlots`. */
  | { readonly kind: "slot"; readonly id: string };
export const dialogAtom = atom<DialogState | null>(null);

/** Only rules that contain this are shown. */
export const filterAtom = atom("");
export const filterOpenAtom = atom(false);
/** Hit policy and defaults, in the top bar. */
export const settingsOpenAtom = atom(false);

/** The last result of a command, for screen readers. */
export const saidAtom = atom("");

/** Somebody wants to see a place: the grid goes there, selects it, and puts null here. */
export const goToAtom = atom<CellPlace | null>(null);
