/** What was typed and not taken, in the words of the grid: rule, column and text, and as cells that can be pasted. Pure. */
import { columnOf, labelOf, placeOfRule, ruleOf, type Draft, type Lost, type RuleState, type Side, type TableState } from "../../doc";
import { withCell } from "../../doc/table/cells";
import { rulesIn } from "../../doc/table/salvage";
import { _, number } from "../../lib/i18n";
import { gridColumns, isEditable, titleOf, type GridColumn } from "./columns";
import { typedText } from "./texts";
import { writeTsv } from "./tsv";

export interface LostLine {
  readonly place: string;
  readonly text: string;
}

interface LostCell {
  readonly rule: string;
  readonly column: GridColumn;
  readonly text: string;
}

function ruleName(state: TableState, id: string): string {
  const row = placeOfRule(state, id);
  return row < 0 ? _("New rule") : _("Rule {n}", { n: number(row + 1) });
}

/** Columns of rules, as they are typed into. */
function columnsOf(state: TableState): readonly GridColumn[] {
  return gridColumns(state, []).filter(isEditable);
}

/** The one cell or field that an operation is about, as a rule that has nothing else. */
function ruleOfOne({ path, new: value = null }: Draft, state: TableState): { readonly rule: RuleState; readonly keys: readonly string[] } | null {
  const [, id = "", part = "", name = ""] = path;
  if (part === "conditions" || part === "outputs") {
    const side: Side = part === "conditions" ? "input_columns" : "output_columns";
    if (!columnOf(state, side, name)) return null;
    return { rule: withCell({ id }, side, name, value), keys: [`${side === "input_columns" ? "in" : "out"}:${name}`] };
  }
  return { rule: { id, [part]: value }, keys: [part] };
}

function cellsOf(operation: Draft, state: TableState): readonly LostCell[] | null {
  const columns = columnsOf(state);
  if (operation.type === "cell_changed" || operation.type === "rule_changed") {
    const one = ruleOfOne(operation, state);
    const found = columns.filter(({ key }) => one?.keys.includes(key));
    return one && found.length > 0 ? found.map((column) => ({ rule: one.rule.id, column, text: typedText(one.rule, column) })) : null;
  }
  const rules = rulesIn(operation);
  if (rules.length === 0) return null;
  return rules.flatMap((rule) => {
    const present = ruleOf(state, rule.id);
    const texts = columns.map((column) => ({ rule: rule.id, column, text: typedText(rule, column) }));
    // Of a rule that is there only what would have become another.
    return texts.filter(({ column, text }) => text !== (present ? typedText(present, column) : ""));
  });
}

/** Every cell of it; null where it is about something else, such as a column. */
export function lostLines({ operations }: Pick<Lost, "operations">, state: TableState): readonly LostLine[] | null {
  const found = operations.map((operation) => cellsOf(operation, state));
  if (found.some((cells) => cells === null)) return null;
  return found.flatMap((cells) => (cells ?? []).map(({ rule, column, text }) => ({ place: `${ruleName(state, rule)} › ${titleOf(column)}`, text })));
}

/** Cells between tabs, to be pasted into the grid: whole rules from the first column on, or the one cell. */
export function lostTsv({ operations }: Pick<Lost, "operations">, state: TableState): string | null {
  const rules = operations.flatMap(rulesIn);
  const columns = columnsOf(state);
  if (rules.length > 0) return writeTsv(rules.map((rule) => columns.map((column) => typedText(rule, column))));
  const cells = operations.flatMap((operation) => cellsOf(operation, state) ?? []);
  return cells.length === 0 ? null : writeTsv(cells.map(({ text }) => [text]));
}

/** Where it was, by the names that people know. */
export function lostPlace({ path, operations }: Pick<Lost, "path" | "operations">, state: TableState): string {
  const [part, id = "", ...rest] = path;
  const count = operations.flatMap(rulesIn).length;
  if (part === "rules" && id === "") return count > 0 ? _("{n} rules", { n: number(count) }) : _("Rules");
  if (part === "rules") {
    const [one] = lostLines({ operations: operations.slice(0, 1) }, state) ?? [];
    return rest.length > 0 && one ? one.place : ruleName(state, id);
  }
  const column = part === "input_columns" || part === "output_columns" ? columnOf(state, part, id) : undefined;
  return column ? labelOf(column) : path.filter((each) => !each.startsWith("*")).join(" › ");
}
