/** The rules as a spreadsheet: one place that scrolls, and only what is in sight is in the page. */
import { useAtomValue, useSetAtom, useStore } from "jotai";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { _ } from "../../lib/i18n";
import { useContextMenu } from "../../ui/ContextMenu";
import { useCommandContext, useCommandMenu } from "../commands/use-commands";
import { readOnlyAtom } from "../state/atoms";
import { GUTTER, HEAD, ROW } from "./columns";
import { Header } from "./Header";
import { MENU } from "./menu";
import { OtherwiseRow } from "./OtherwiseRow";
import { GridRow } from "./Row";
import { clamped, selectionAtom } from "./selection";
import { useColumnWindow } from "./use-column-window";
import { useGridKeys } from "./use-grid-keys";
import { useGridPointer } from "./use-grid-pointer";
import { useGridClipboard } from "./use-grid-clipboard";
import { useShowing } from "./use-showing";
import { useGridRows } from "./use-grid-rows";
import { viewAtom, type GridView } from "./view";

/** Where a dragged row would go: behind so many rows; null: nothing is dragged. */
export type Drop = number | null;

export function Grid({ view, label }: { readonly view: GridView; readonly label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const readOnly = useAtomValue(readOnlyAtom);
  const selection = useAtomValue(selectionAtom);
  const setView = useSetAtom(viewAtom);
  const atoms = useStore();
  const contextNow = useCommandContext();
  const menu = useCommandMenu();
  const [drop, setDrop] = useState<Drop>(null);
  // Before the next key: what commands see is what is drawn.
  useLayoutEffect(() => setView(view), [setView, view]);
  const rows = useGridRows(scroller, view.rows, selection.cursor.row);
  const window = useColumnWindow(scroller, view.columns, selection.cursor.column);
  const show = useShowing(scroller, rows, window);
  const keys = useGridKeys(contextNow, show);
  const pointer = useGridPointer({ scroller, contextNow, show, setDrop });
  const { menu: menuElement, onContextMenu } = useContextMenu(() => menu(MENU), _("Cells and rules"));
  useGridClipboard(scroller, contextNow);
  useEffect(() => atoms.set(selectionAtom, (before) => clamped(before, view.rows, view.columns.length)), [atoms, view]);
  return (
    <div
      ref={scroller}
      className="decision-grid"
      role="grid"
      aria-label={label}
      aria-rowcount={view.rows + 3}
      aria-colcount={view.columns.length + 1}
      aria-multiselectable="true"
      aria-readonly={readOnly || undefined}
      onKeyDown={keys}
      {...pointer}
      onContextMenu={(event) => (pointer.onContextMenu(event), onContextMenu(event))}
    >
      <div className="grid-canvas" role="presentation" style={{ blockSize: rows.getTotalSize(), inlineSize: GUTTER + window.total }}>
        <Header view={view} window={window} readOnly={readOnly} />
        <div role="rowgroup">
          {rows.getVirtualItems().map(({ index, start }) => (
            <GridRow key={view.rules[index]?.id ?? `new-${index}`} rule={view.rules[index] ?? null} row={index} top={start} cells={window.cells} columns={view.columns} readOnly={readOnly} />
          ))}
        </div>
        <OtherwiseRow view={view} window={window} height={rows.getTotalSize()} />
        {drop !== null && <div className="grid-drop" aria-hidden="true" style={{ insetBlockStart: HEAD + drop * ROW - 1 }} />}
      </div>
      {menuElement}
    </div>
  );
}
