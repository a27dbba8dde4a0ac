/** The last row, always in sight: what is answered when no rule fits. It is changed under “Hit policy”. */
import { CornerDownRight } from "lucide-react";
import { useSetAtom } from "jotai";
import type { MouseEvent } from "react";
import { labelOf, type TableState } from "../../doc";
import { defaultOf } from "../../doc/table/cells";
import { _ } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { writeOutput } from "../editors/output-text";
import { settingsOpenAtom } from "../state/atoms";
import { useShownTable } from "../state/hooks";
import { GUTTER, HEAD, ROW, type GridColumn } from "./columns";
import type { ColumnWindow } from "./use-column-window";
import type { GridView } from "./view";

type CellColumn = Extract<GridColumn, { kind: "cell" }>;

function isOutput(column: GridColumn | undefined): column is CellColumn {
  return column?.kind === "cell" && column.side === "output_columns";
}

/** The default of the table, else that of the column. */
function textOf(table: TableState, { column }: CellColumn): string {
  return writeOutput(defaultOf(table, column.name) ?? column["default_value"], column);
}

interface OtherwiseRowProps {
  readonly view: GridView;
  readonly window: ColumnWindow;
  /** The height of all the grid; this row is its end. */
  readonly height: number;
}

export function OtherwiseRow({ view, window, height }: OtherwiseRowProps) {
  const table = useShownTable();
  const openSettings = useSetAtom(settingsOpenAtom);
  const first = window.all.find(({ at }) => isOutput(view.columns[at]));
  if (!first) return null;
  const open = (event: MouseEvent): void => (event.stopPropagation(), openSettings(true));
  return (
    <>
      {/* The rows stand outside of the flow: this is their place in it. */}
      <div role="presentation" style={{ blockSize: Math.max(0, height - HEAD - ROW) }} />
      <div className="grid-otherwise" role="rowgroup">
        <div role="row" aria-rowindex={view.rows + 3} title={_("What is answered when no rule fits. Press to change it.")} onClick={open}>
          <div className="grid-number" role="rowheader" aria-colindex={1}>
            <button type="button" className="otherwise-button" aria-label={_("Otherwise: what is answered when no rule fits")} onClick={open}>
              <CornerDownRight size={14} aria-hidden="true" />
            </button>
          </div>
          <div className="otherwise-when" aria-hidden="true" style={{ inlineSize: first.start }}>
            <span>{_("Otherwise")}</span>
          </div>
          {window.cells.map(({ at, start, width }) => {
            const column = view.columns[at];
            return isOutput(column) && <OtherwiseCell key={column.key} column={column} text={textOf(table, column)} at={at} start={start} width={width} />;
          })}
        </div>
      </div>
    </>
  );
}

interface OtherwiseCellProps {
  readonly column: CellColumn;
  readonly text: string;
  readonly at: number;
  readonly start: number;
  readonly width: number;
}

function OtherwiseCell({ column, text, at, start, width }: OtherwiseCellProps) {
  return (
    <div
      className={classes("grid-cell", "then", column.column.type === "number" && "number", text === "" && "empty-cell")}
      role="gridcell"
      aria-colindex={at + 2}
      aria-readonly="true"
      title={text === "" ? _("{column}: nothing is answered when no rule fits.", { column: labelOf(column.column) }) : undefined}
      style={{ insetInlineStart: GUTTER + start, inlineSize: width }}
    >
      <span className="grid-text" dir="auto">
        {text === "" ? "–" : text}
      </span>
    </div>
  );
}
