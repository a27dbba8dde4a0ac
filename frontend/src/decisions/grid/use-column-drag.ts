/** Moving columns by their heads, within their side. */
import { useRef, useState, type PointerEvent } from "react";
import { tableGestures } from "../../doc";
import { _ } from "../../lib/i18n";
import { useEdit } from "../state/edit";
import { GUTTER, titleOf, type GridColumn } from "./columns";
import type { ColumnPlace } from "./use-column-window";

type CellColumn = Extract<GridColumn, { kind: "cell" }>;

/** Less than this is a press, not a drag. */
const LEAST = 6;

export function useColumnDrag(columns: readonly GridColumn[], all: readonly ColumnPlace[]) {
  const edit = useEdit();
  const drag = useRef<{ readonly column: CellColumn; readonly x: number; after: string | null | undefined } | null>(null);
  const [border, setBorder] = useState<number | null>(null);
  const side = (column: CellColumn) => all.filter(({ at }) => (columns[at] as CellColumn | undefined)?.side === column.side && columns[at]?.kind === "cell");
  const move = (event: PointerEvent<HTMLElement>): void => {
    const { current } = drag;
    if (!current || Math.abs(event.clientX - current.x) < LEAST) return;
    const head = event.currentTarget.closest<HTMLElement>(".grid-columns");
    const box = head?.getBoundingClientRect();
    if (!box) return;
    const x = document.dir === "rtl" ? box.right - event.clientX : event.clientX - box.left;
    const places = side(current.column);
    const before = places.filter(({ start, width }) => GUTTER + start + width / 2 < x);
    const last = before.at(-1);
    const behind = last ? (columns[last.at] as CellColumn).column.name : null;
    current.after = behind;
    setBorder(last ? last.start + last.width : (places[0]?.start ?? 0));
  };
  const end = (): void => {
    const { current } = drag;
    drag.current = null;
    setBorder(null);
    if (current?.after === undefined) return;
    const { side: on, column } = current.column;
    const { after } = current;
    edit((state) => tableGestures.moveColumn(state, on, column.name, after), { label: _("Move the column {name}", { name: titleOf(current.column) }) });
  };
  const handle = (column: CellColumn) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType !== "mouse") return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { column, x: event.clientX, after: undefined };
    },
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: () => ((drag.current = null), setBorder(null)),
  });
  return { border, handle };
}
