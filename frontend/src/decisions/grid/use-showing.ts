/** Bringing cells into sight and giving them the focus. */
import { useAtom, useAtomValue, useSetAtom, useStore } from "jotai";
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { goToAtom } from "../state/atoms";
import { keyOf } from "./columns";
import { editingAtom } from "./editing";
import { at, selectionAtom, type Place } from "./selection";
import type { ColumnWindow } from "./use-column-window";
import type { GridRows } from "./use-grid-rows";
import { focusAtom, viewAtom } from "./view";

export type Show = (row: number, column: number) => void;

export function useShowing(scroller: RefObject<HTMLDivElement | null>, rows: GridRows, window: ColumnWindow): Show {
  const wanted = useRef<Place | null>(null);
  const parts = useRef({ rows, window });
  const editing = useAtomValue(editingAtom);
  const setFocus = useSetAtom(focusAtom);
  useLayoutEffect(() => {
    parts.current = { rows, window };
  });
  const focusCell = useCallback(() => {
    const { current } = wanted;
    const cell = current && scroller.current?.querySelector<HTMLElement>(`[data-cell="${current.row}:${current.column}"]`);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
  }, [scroller]);
  const show = useCallback(
    (row: number, column: number) => {
      wanted.current = { row, column };
      parts.current.rows.scrollToIndex(row, { align: "auto" });
      parts.current.window.show(column);
      // At once, so that no key that follows is lost; a cell that is not drawn yet gets the focus when it is.
      focusCell();
    },
    [focusCell],
  );
  useLayoutEffect(() => {
    if (!editing) focusCell();
  });
  useEffect(() => {
    setFocus({ show });
    return () => setFocus(null);
  }, [setFocus, show]);
  useGoTo(show);
  return show;
}

/** Somebody else wants a place to be seen. */
function useGoTo(show: Show): void {
  const [place, setPlace] = useAtom(goToAtom);
  const atoms = useStore();
  useEffect(() => {
    if (!place) return;
    const { rules, columns } = atoms.get(viewAtom);
    const row = rules.findIndex(({ id }) => id === place.rule);
    const keys = place.side ? [keyOf(place.side, place.column ?? "")] : [keyOf("input_columns", place.column ?? ""), keyOf("output_columns", place.column ?? "")];
    const column = place.column === undefined ? -1 : columns.findIndex(({ key }) => keys.includes(key));
    setPlace(null);
    if (row < 0) return;
    atoms.set(selectionAtom, at(row, Math.max(0, column), column < 0));
    show(row, Math.max(0, column));
  }, [place, setPlace, atoms, show]);
}
