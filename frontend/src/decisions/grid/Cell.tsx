/** One cell. Its own props decide whether it is drawn anew, and most of them are plain values. */
import { memo } from "react";
import { _ } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { CellEditor } from "../editors/CellEditor";
import type { BesideValue } from "../state/beside";
import type { Mark } from "../state/marks";
import { GUTTER, titleOf, type GridColumn } from "./columns";
import type { Editing } from "./editing";
import { MarkGlyph, markText } from "./MarkGlyph";

export interface CellProps {
  readonly row: number;
  readonly at: number;
  readonly start: number;
  readonly width: number;
  readonly column: GridColumn;
  readonly text: string;
  readonly beside: BesideValue | undefined;
  /** Why the text is not what the cell holds; empty while that is being found out. */
  readonly fault: string | undefined;
  readonly mark: Mark | undefined;
  readonly chosen: boolean;
  readonly current: boolean;
  readonly editable: boolean;
  readonly editing: Editing | null;
}

function isNumber(column: GridColumn): boolean {
  return column.kind === "priority" || column.kind === "beside" || (column.kind === "cell" && column.side === "output_columns" && column.column.type === "number");
}

/** A cell that asks nothing says so with a dash. */
function shown({ column, text }: CellProps): string {
  return text === "" && column.kind === "cell" && column.side === "input_columns" ? "–" : text;
}

export const Cell = memo(function Cell(props: CellProps) {
  const { row, at, start, width, column, text, beside, fault, mark, chosen, current, editable, editing } = props;
  const words = [fault, mark && markText(mark), beside?.title].filter(Boolean).join(". ");
  return (
    <div
      className={classes(
        "grid-cell",
        column.kind === "cell" ? (column.side === "input_columns" ? "when" : "then") : column.kind,
        isNumber(column) && "number",
        text === "" && "empty-cell",
        chosen && "chosen",
        current && "current",
        fault && "faulty",
        mark && `mark-${mark.tone}`,
        beside?.tone && `tone-${beside.tone}`,
      )}
      role="gridcell"
      aria-colindex={at + 2}
      aria-selected={chosen}
      aria-readonly={!editable || undefined}
      aria-invalid={fault ? true : undefined}
      aria-description={words || undefined}
      title={words || (text.length > 16 ? text : undefined)}
      data-cell={`${row}:${at}`}
      tabIndex={current ? 0 : -1}
      style={{ insetInlineStart: GUTTER + start, inlineSize: width }}
    >
      {beside?.share !== undefined && <span className="grid-share" aria-hidden="true" style={{ inlineSize: `${Math.max(0, Math.min(1, beside.share)) * 100}%` }} />}
      <span className="grid-text" dir="auto">
        {shown(props)}
      </span>
      {mark && <MarkGlyph tone={mark.tone} />}
      {editing && <CellEditor editing={editing} column={column} width={width} label={_("{column}, rule {n}", { column: titleOf(column), n: row + 1 })} />}
    </div>
  );
});
