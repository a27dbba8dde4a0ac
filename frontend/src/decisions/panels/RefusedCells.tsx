/** Texts that stand red in the grid: they are no part of the draft, so they are neither run nor published. */
import { useAtomValue, useSetAtom } from "jotai";
import { CircleX } from "lucide-react";
import { columnOf, labelOf, type TableState } from "../../doc";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { discardRefusedAtom, goToAtom, refusedCellsAtom, type RefusedCell } from "../state/atoms";
import { placeOfRefused } from "../state/refused-place";
import { useTable } from "./desk";
import { useRuleName } from "./RuleLink";

const MOST = 20;
const LONGEST = 120;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function columnName(cell: RefusedCell, table: TableState): string {
  if (cell.part === "priority") return _("Priority");
  if (cell.part === "annotation") return _("Annotation");
  const column = columnOf(table, cell.part === "output" ? "output_columns" : "input_columns", cell.column);
  return column ? labelOf(column) : cell.column;
}

/** Each of them with its place and its fault; pressing one leads there. */
export function RefusedCells({ leave }: { readonly leave: () => void }) {
  const cells = useAtomValue(refusedCellsAtom);
  const discard = useSetAtom(discardRefusedAtom);
  const goTo = useSetAtom(goToAtom);
  const table = useTable();
  const ruleName = useRuleName();
  if (cells.length === 0) return null;
  return (
    <section className="alert err" role="alert">
      <p>{_n("{n} cell was not taken, so the draft is not what the grid shows. Mend it, or discard its text.", "{n} cells were not taken, so the draft is not what the grid shows. Mend them, or discard their texts.", cells.length)}</p>
      <ul className="failing-names">
        {cells.slice(0, MOST).map((cell) => (
          <li key={`${cell.rule}:${cell.part}:${cell.column}`}>
            <CircleX size={13} aria-hidden="true" />
            <span>
              <button type="button" className="rule-link" onClick={() => (leave(), goTo(placeOfRefused(cell)))}>
                {_("{rule}, {column}", { rule: ruleName(cell.rule), column: columnName(cell, table) })}
              </button>{" "}
              <code>{shortened(cell.text)}</code> {cell.fault}
            </span>
          </li>
        ))}
      </ul>
      {cells.length > MOST && <p>{_("And {n} more.", { n: cells.length - MOST })}</p>}
      <div className="run-actions">
        <Button size="small" variant="danger" onClick={() => discard()}>
          {_("Discard these texts")}
        </Button>
      </div>
    </section>
  );
}

/** Where the draft is run: what is red in the grid is no part of it. */
export function RefusedNote() {
  const count = useAtomValue(refusedCellsAtom).length;
  if (count === 0) return null;
  return <p className="alert warn">{_n("{n} cell was not taken and is no part of this run.", "{n} cells were not taken and are no part of this run.", count)}</p>;
}
