/** A version of the past in the place of the draft; null: the draft itself is in the grid. */
import { atom } from "jotai";
import type { TableState } from "../../doc";
import { showsPastAtom } from "./atoms";

const pastAtom = atom<TableState | null>(null);

/** Setting it makes the grid read-only until null is put there. */
export const shownTableAtom = atom(
  (get) => get(pastAtom),
  (_, set, table: TableState | null) => {
    set(pastAtom, table);
    set(showsPastAtom, table !== null);
  },
);
