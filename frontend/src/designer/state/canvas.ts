/** What the canvas shows beside the document. */
import { atom } from "jotai";

/** The card that the keyboard is on: the one that Tab reaches. */
export const cursorAtom = atom<string | null>(null);
/** The card whose name is being typed. */
export const renamingAtom = atom<string | null>(null);
/** The note whose text is being typed. */
export const writingAtom = atom<string | null>(null);
/** Too far away to read: cards are flat boxes. */
export const farAtom = atom(false);
/** So far away that connections are drawn as one picture. */
export const veryFarAtom = atom(false);
export const minimapAtom = atom(false);
/** Dragging on the empty canvas selects instead of moving the canvas. */
export const selectModeAtom = atom(false);
/** The connection under what is being dragged from the palette. */
export const dropEdgeAtom = atom<string | null>(null);
/** Where the pointer was last over the canvas, in the window. */
export const pointerAtom = atom<{ readonly x: number; readonly y: number } | null>(null);
/** The last result of a command, for screen readers. */
export const saidAtom = atom("");
