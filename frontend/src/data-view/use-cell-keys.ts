/** Arrow keys in a table, as the grid pattern has them: one cell is in the tab order, the arrows move it. */
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from "react";

export interface Cell {
  readonly row: number;
  readonly column: number;
}

interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Brings a row into sight, and so into the page. */
  readonly show: (row: number) => void;
  readonly open: (cell: Cell) => void;
}

const PAGE = 10;

export function useCellKeys({ rows, columns, scroller, show, open }: Grid) {
  const [wanted, setCurrent] = useState<Cell>({ row: 0, column: 0 });
  const current = { row: Math.min(wanted.row, Math.max(rows - 1, 0)), column: Math.min(wanted.column, columns - 1) };
  const following = useRef(false);
  const find = (): HTMLElement | null | undefined => scroller.current?.querySelector<HTMLElement>(`[data-cell="${current.row}:${current.column}"]`);
  useEffect(() => {
    if (!following.current) return;
    const cell = find();
    // A row far away is in the page only after the table has scrolled there; the next drawing finds it.
    if (!cell) return;
    following.current = false;
    cell.focus();
    cell.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  });
  const go = (row: number, column: number): void => {
    const cell = { row: within(row, rows), column: within(column, columns) };
    following.current = true;
    setCurrent(cell);
    show(cell.row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { row, column } = current;
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(row + 1, column),
      ArrowUp: () => go(row - 1, column),
      ArrowRight: () => go(row, column + 1),
      ArrowLeft: () => go(row, column - 1),
      PageDown: () => go(row + PAGE, column),
      PageUp: () => go(row - PAGE, column),
      Home: () => go(event.ctrlKey ? 0 : row, 0),
      End: () => go(event.ctrlKey ? rows - 1 : row, columns - 1),
      Enter: () => open(current),
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (!move || event.altKey || event.metaKey) return;
    event.preventDefault();
    move();
  };
  const onFocus = (event: FocusEvent): void => {
    const [row, column] = ((event.target as HTMLElement).dataset.cell ?? "").split(":").map(Number);
    if (row !== undefined && column !== undefined) setCurrent({ row, column });
  };
  const cell = (row: number, column: number) => ({
    role: "gridcell" as const,
    "data-cell": `${row}:${column}`,
    tabIndex: row === current.row && column === current.column ? 0 : -1,
  });
  return { onKeyDown, onFocus, cell, focus: () => find()?.focus() };
}

function within(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}
