/** Selecting with the pointer, and dragging rules by their handles. */
import { useRef, type MouseEvent, type PointerEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import { takesTyping } from "../../commands/keys";
import type { CommandContext } from "../commands/command";
import { chosen, moveChosen } from "./actions";
import { beginEditing } from "./begin";
import { HEAD, ROW } from "./columns";
import type { Drop } from "./Grid";
import { at, rectangleOf, selectionAtom, type Place, type Selection } from "./selection";
import type { Show } from "./use-showing";

interface Using {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly contextNow: () => CommandContext;
  readonly show: Show;
  readonly setDrop: (drop: Drop) => void;
}

/** So far the pointer goes before a press is a drag: a hand trembles between two clicks. */
const SLACK = 4;
/** Near an edge, dragging scrolls. */
const EDGE = 28;

function placeOf(target: EventTarget | null): Place | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
  const [row, column] = (cell?.dataset["cell"] ?? "").split(":").map(Number);
  return row === undefined || column === undefined || Number.isNaN(row) ? null : { row, column };
}

function rowOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]")?.dataset["row"] : undefined;
  return row === undefined ? null : Number(row);
}

function holds(selection: Selection, { row, column }: Place): boolean {
  const { top, bottom, left, right } = rectangleOf(selection);
  return row >= top && row <= bottom && (selection.rows || (column >= left && column <= right));
}

/** The border between rows next to a height. */
function borderAt(scroller: HTMLElement, y: number, rules: number): number {
  const box = scroller.getBoundingClientRect();
  return Math.max(0, Math.min(rules, Math.round((y - box.top + scroller.scrollTop - HEAD) / ROW)));
}

function scrollAtEdge(scroller: HTMLElement, y: number): void {
  const box = scroller.getBoundingClientRect();
  if (y > box.bottom - EDGE) scroller.scrollTop += ROW / 2;
  else if (y < box.top + HEAD + EDGE) scroller.scrollTop -= ROW / 2;
}

export function useGridPointer({ scroller, contextNow, show, setDrop }: Using) {
  const drag = useRef<{ readonly kind: "cells" | "rows" | "move"; border: number | null } | null>(null);
  const pressed = useRef(false);
  const from = useRef({ x: 0, y: 0 });
  const select = (selection: Selection): void => contextNow().atoms.set(selectionAtom, selection);

  const pressCell = (event: PointerEvent, place: Place): void => {
    const { selection } = contextNow();
    pressed.current = event.pointerType !== "mouse" && selection.cursor.row === place.row && selection.cursor.column === place.column;
    select(event.shiftKey ? { anchor: selection.anchor, cursor: place, rows: false } : at(place.row, place.column));
    drag.current = event.pointerType === "mouse" ? { kind: "cells", border: null } : null;
    show(place.row, place.column);
  };
  const pressRow = (event: PointerEvent, row: number): void => {
    const { selection, view, readOnly } = contextNow();
    const column = selection.cursor.column;
    const isHandle = (event.target as Element).closest(".grid-handle") !== null;
    const inChosen = selection.rows && holds(selection, { row, column });
    if (event.shiftKey) select({ anchor: { row: selection.anchor.row, column }, cursor: { row, column }, rows: true });
    else if (!isHandle || !inChosen) select(at(row, column, true));
    drag.current = { kind: isHandle && !readOnly && !view.filtered && row < view.rules.length ? "move" : "rows", border: null };
    if (!isHandle || !inChosen) show(row, column);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || takesTyping(event.target)) return;
    const row = rowOf(event.target);
    const place = placeOf(event.target);
    if (row !== null) pressRow(event, row);
    else if (place) pressCell(event, place);
    else return;
    // The focus goes where `show` brings it, and no text is marked.
    event.preventDefault();
    from.current = { x: event.clientX, y: event.clientY };
  };
  /** From here on the pointer is followed out of the grid, too; not before, lest a double click be of the whole grid. */
  const isDragged = (event: PointerEvent<HTMLElement>): boolean => {
    const grid = event.currentTarget;
    if (event.pointerType !== "mouse" || grid.hasPointerCapture(event.pointerId)) return true;
    if (event.buttons === 0) drag.current = null;
    else if (Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) >= SLACK) grid.setPointerCapture(event.pointerId);
    return grid.hasPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const { current } = drag;
    const place = scroller.current;
    if (!current || !place || !isDragged(event)) return;
    const { selection, view } = contextNow();
    scrollAtEdge(place, event.clientY);
    if (current.kind === "move") {
      current.border = borderAt(place, event.clientY, view.rules.length);
      setDrop(current.border);
      return;
    }
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const cell = placeOf(under);
    const row = rowOf(under) ?? cell?.row;
    if (current.kind === "rows" && row !== undefined) select({ ...selection, cursor: { row, column: selection.cursor.column }, rows: true });
    else if (cell) select({ ...selection, cursor: cell, rows: false });
  };
  const onPointerUp = (): void => {
    const { current } = drag;
    drag.current = null;
    setDrop(null);
    if (current?.kind !== "move" || current.border === null) return;
    const context = contextNow();
    const { top, bottom } = chosen(context);
    if (current.border < top || current.border > bottom + 1) moveChosen(context, current.border - 1);
  };
  const onPointerCancel = (): void => {
    drag.current = null;
    setDrop(null);
  };
  /** A finger opens a cell by pressing it again. */
  const onClick = (event: MouseEvent): void => {
    if (pressed.current && placeOf(event.target) && !takesTyping(event.target)) flushSync(() => beginEditing(contextNow()));
    pressed.current = false;
  };
  const onDoubleClick = (event: MouseEvent): void => {
    if (placeOf(event.target) && !takesTyping(event.target)) beginEditing(contextNow());
  };
  const onContextMenu = (event: MouseEvent): void => {
    const { selection } = contextNow();
    const row = rowOf(event.target);
    const place = row === null ? placeOf(event.target) : { row, column: selection.cursor.column };
    if (place && !holds(selection, place)) select(at(place.row, place.column, row !== null));
  };
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onClick, onDoubleClick, onContextMenu };
}
