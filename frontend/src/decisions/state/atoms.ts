/** What the table designer shows beside the document: where the person is, what is open, what is marked. */
import { atom } from "jotai";
import { faultyAtom } from "../grid/editing";
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

/** A text that was typed or pasted and that its cell could not take: red in the grid, no part of the draft. */
export interface RefusedCell {
  /** The rule's id. */
  readonly rule: string;
  readonly part: "condition" | "output" | "priority" | "annotation";
  /** The column's name; empty for priority and annotation. */
  readonly column: string;
  readonly text: string;
  /** Why, in a sentence for people. */
  readonly fault: string;
}

/** Every one of them, in the order in which they came; not those that the server is still being asked about. */
export const refusedCellsAtom = atom((get): readonly RefusedCell[] =>
  [...get(faultyAtom)].flatMap(([rule, cells]) => [...cells].filter(([, { fault }]) => fault !== "").map(([key, { text, fault }]) => ({ rule, ...partOf(key), text, fault }))),
);

/** Throws every such text away: the cells show what the draft has. */
export const discardRefusedAtom = atom(null, (_get, set) => set(faultyAtom, new Map()));

function partOf(key: string): Pick<RefusedCell, "part" | "column"> {
  if (key.startsWith("in:")) return { part: "condition", column: key.slice(3) };
  if (key.startsWith("out:")) return { part: "output", column: key.slice(4) };
  return { part: key === "priority" ? "priority" : "annotation", column: "" };
}
