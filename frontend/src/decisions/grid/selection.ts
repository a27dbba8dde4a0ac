/** Which cells are selected: a rectangle from an anchor to the cursor, by their places in what is shown. */
import { atom, useAtomValue } from "jotai";
import { selectAtom } from "jotai/utils";
import { useMemo } from "react";

export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Selection {
  readonly anchor: Place;
  /** Where the keyboard is. */
  readonly cursor: Place;
  /** Whole rules. */
  readonly rows: boolean;
}

export interface Rectangle {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const START: Selection = { anchor: { row: 0, column: 0 }, cursor: { row: 0, column: 0 }, rows: false };
export const selectionAtom = atom<Selection>(START);

export function at(row: number, column: number, rows = false): Selection {
  return { anchor: { row, column }, cursor: { row, column }, rows };
}

export function rectangleOf({ anchor, cursor }: Selection): Rectangle {
  return {
    top: Math.min(anchor.row, cursor.row),
    bottom: Math.max(anchor.row, cursor.row),
    left: Math.min(anchor.column, cursor.column),
    right: Math.max(anchor.column, cursor.column),
  };
}

/** Inside of a grid of this size. */
export function within({ row, column }: Place, rows: number, columns: number): Place {
  return { row: Math.max(0, Math.min(row, rows - 1)), column: Math.max(0, Math.min(column, columns - 1)) };
}

/** The selection in a grid that has become smaller; the same one where nothing is outside. */
export function clamped(selection: Selection, rows: number, columns: number): Selection {
  const anchor = within(selection.anchor, rows, columns);
  const cursor = within(selection.cursor, rows, columns);
  const isSame = (one: Place, other: Place): boolean => one.row === other.row && one.column === other.column;
  return isSame(anchor, selection.anchor) && isSame(cursor, selection.cursor) ? selection : { ...selection, anchor, cursor };
}

/** What one row needs to know: `cursor` column or -1, and the selected columns; one text, so that only changes are drawn. */
function sliceOf(selection: Selection, row: number): string {
  const { top, bottom, left, right } = rectangleOf(selection);
  const isIn = row >= top && row <= bottom;
  const cursor = selection.cursor.row === row ? selection.cursor.column : -1;
  if (!isIn && cursor < 0) return "";
  return `${cursor}:${isIn ? left : -1}:${isIn ? right : -1}:${selection.rows ? 1 : 0}`;
}

export interface RowSelection {
  readonly cursor: number;
  readonly left: number;
  readonly right: number;
  readonly whole: boolean;
}

const NONE: RowSelection = { cursor: -1, left: -1, right: -1, whole: false };

export function useRowSelection(row: number): RowSelection {
  const slice = useAtomValue(useMemo(() => selectAtom(selectionAtom, (selection) => sliceOf(selection, row)), [row]));
  return useMemo(() => {
    if (slice === "") return NONE;
    const [cursor = -1, left = -1, right = -1, whole = 0] = slice.split(":").map(Number);
    return { cursor, left, right, whole: whole === 1 };
  }, [slice]);
}
