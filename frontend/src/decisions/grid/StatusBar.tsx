/** Under the grid: what there is to say about the cell of the cursor, or how much is selected. */
import { useAtomValue } from "jotai";
import { _, _n, number } from "../../lib/i18n";
import { useRuleMarks } from "../state/marks";
import { useFaultyCells } from "./editing";
import { markText, MarkGlyph } from "./MarkGlyph";
import { rectangleOf, selectionAtom } from "./selection";
import { shownText } from "./texts";
import { viewAtom } from "./view";

export function StatusBar() {
  const view = useAtomValue(viewAtom);
  const selection = useAtomValue(selectionAtom);
  const { cursor, rows } = selection;
  const rule = view.rules[cursor.row];
  const column = view.columns[cursor.column];
  const fault = useFaultyCells(rule?.id ?? "")?.get(column?.key ?? "")?.fault;
  const marks = useRuleMarks(rule?.id ?? "").filter((mark) => mark.column === undefined || (column?.kind === "cell" && mark.column === column.column.name));
  const { top, bottom, left, right } = rectangleOf(selection);
  const height = Math.min(bottom, view.rules.length - 1) - top + 1;
  if (fault) return <p className="decision-status err-text">{fault}</p>;
  if (height > 1 || (rows && height === 1)) {
    const cells = rows ? "" : ` · ${_n("{n} cell", "{n} cells", height * (right - left + 1))}`;
    return <p className="decision-status">{_n("{n} rule selected", "{n} rules selected", height) + cells}</p>;
  }
  return (
    <p className="decision-status">
      <span className="decision-place">{rule ? _("Rule {n}", { n: number(cursor.row + 1) }) : _("New rule")}</span>
      {rule && column && <span className="decision-whole">{shownText(rule, column)}</span>}
      {marks.slice(0, 3).map((mark, at) => (
        <span key={at} className="decision-mark">
          <MarkGlyph tone={mark.tone} /> {markText(mark)}
        </span>
      ))}
    </p>
  );
}
