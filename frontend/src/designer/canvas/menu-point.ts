import { atom } from "jotai";
import type { Point } from "../../ui/ContextMenu";

/** Where the canvas' menu is asked for from a program; null when it is not. */
export const openMenuAtom = atom<Point | null>(null);
