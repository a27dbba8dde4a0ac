/** One rule of the grid; it is drawn anew only when something of its own changes. */
import { GripVertical, Plus } from "lucide-react";
import { useAtomValue } from "jotai";
import { selectAtom } from "jotai/utils";
import { memo, useMemo } from "react";
import type { RuleState } from "../../doc";
import { _ } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { useRuleMarks, type Mark, type Marks } from "../state/marks";
import { Cell } from "./Cell";
import { isEditable, type GridColumn } from "./columns";
import { editingAtom, useFaultyCells } from "./editing";
import { MarkGlyph, markText } from "./MarkGlyph";
import { useRowSelection } from "./selection";
import { shownText } from "./texts";
import type { ColumnPlace } from "./use-column-window";

export interface GridRowProps {
  /** Null: the row where a new rule begins. */
  readonly rule: RuleState | null;
  readonly row: number;
  readonly top: number;
  readonly cells: readonly ColumnPlace[];
  readonly columns: readonly GridColumn[];
  readonly readOnly: boolean;
}

function isOn(mark: Mark, column: GridColumn): boolean {
  return column.kind === "cell" && mark.column === column.column.name && (mark.side === undefined || mark.side === column.side);
}

export const GridRow = memo(function GridRow({ rule, row, top, cells, columns, readOnly }: GridRowProps) {
  const id = rule?.id ?? "";
  const selection = useRowSelection(row);
  const faulty = useFaultyCells(id);
  const marks = useRuleMarks(id);
  const editing = useAtomValue(useMemo(() => selectAtom(editingAtom, (each) => (each && (each.rule ?? "") === id ? each : null)), [id]));
  const isChosen = (at: number): boolean => selection.left >= 0 && (selection.whole || (at >= selection.left && at <= selection.right));
  const rowMarks = marks.filter((mark) => mark.column === undefined);
  return (
    <div
      className={classes("grid-row", rule === null && "new-rule", rule?.["enabled"] === false && "off", editing && "typing", rowMarks[0] && `mark-${rowMarks[0].tone}`)}
      role="row"
      aria-rowindex={row + 3}
      style={{ transform: `translateY(${top}px)` }}
    >
      <RowHead rule={rule} row={row} chosen={selection.whole && selection.left >= 0} readOnly={readOnly} marks={rowMarks} />
      {cells.map(({ at, start, width }) => {
        const column = columns[at];
        if (!column) return null;
        const fault = faulty?.get(column.key);
        const mark = marks.find((each) => isOn(each, column));
        return (
          <Cell
            key={column.key}
            row={row}
            at={at}
            start={start}
            width={width}
            column={column}
            text={fault?.text ?? (rule ? shownText(rule, column) : "")}
            beside={column.kind === "beside" ? column.beside.values.get(id) : undefined}
            fault={fault?.fault}
            mark={mark}
            chosen={isChosen(at)}
            current={selection.cursor === at}
            editable={!readOnly && isEditable(column)}
            editing={editing?.key === column.key ? editing : null}
          />
        );
      })}
    </div>
  );
});

interface RowHeadProps {
  readonly rule: RuleState | null;
  readonly row: number;
  readonly chosen: boolean;
  readonly readOnly: boolean;
  readonly marks: Marks;
}

function RowHead({ rule, row, chosen, readOnly, marks }: RowHeadProps) {
  const [mark] = marks;
  const words = [rule?.["enabled"] === false ? _("disabled") : "", ...marks.map(markText)].filter(Boolean).join(". ");
  return (
    <div className={classes("grid-number", chosen && "chosen")} role="rowheader" aria-colindex={1} data-row={row} title={words || undefined}>
      {rule && !readOnly && <GripVertical className="grid-handle" size={14} aria-hidden="true" />}
      {rule ? <span>{row + 1}</span> : <Plus size={14} aria-hidden="true" />}
      {!rule && <span className="visually-hidden">{_("New rule")}</span>}
      {mark && <MarkGlyph tone={mark.tone} />}
      {words && <span className="visually-hidden">{words}</span>}
    </div>
  );
}
