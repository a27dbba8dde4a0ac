/** The edge of a column's head: dragged, it makes the column wider; pressed twice, as wide as at first. */
import { useSetAtom } from "jotai";
import { useRef, type PointerEvent } from "react";
import { useTableModel } from "../state/model";
import { usualWidth, type GridColumn } from "./columns";
import { keepWidths, widthsAtom, withinWidth } from "./widths";

export function ResizeHandle({ column, width }: { readonly column: GridColumn; readonly width: number }) {
  const { id } = useTableModel().props.table;
  const setWidths = useSetAtom(widthsAtom);
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const set = (wanted: number): void =>
    setWidths((widths) => {
      const next = { ...widths, [column.key]: withinWidth(wanted) };
      keepWidths(id, next);
      return next;
    });
  const down = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent): void => {
    const sign = document.dir === "rtl" ? -1 : 1;
    if (start.current) set(start.current.width + sign * (event.clientX - start.current.x));
  };
  const end = (): void => void (start.current = null);
  return <span className="grid-resize" aria-hidden="true" onPointerDown={down} onPointerMove={move} onPointerUp={end} onPointerCancel={end} onDoubleClick={(event) => (event.stopPropagation(), set(usualWidth(column)))} />;
}
