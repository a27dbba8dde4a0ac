/** What a cell offers while somebody types in it. Pure. */
import { isList, isObject, type Json } from "../../doc/json";
import { operatorsOf, type Operator } from "../../doc/table/operators";
import { conditionsOf, outputOf, type ColumnState, type RuleState, type TableState } from "../../doc/table/state";
import { _ } from "../../lib/i18n";
import type { Option } from "../../ui/options";
import type { GridColumn } from "../grid/columns";
import { literalTexts } from "./literals";
import { operatorName, operatorText } from "./operator-text";

const MOST = 50;
/** Looked through for values that were typed before. */
const MOST_RULES = 2_000;
const FUNCTIONS = ["contains", "starts with", "ends with", "matches", "upper case", "lower case", "string length", "count", "sum", "min", "max", "floor", "ceiling", "round half up", "abs", "date", "time", "date and time", "duration", "today", "now", "not"];

function plainValues(values: readonly Json[], type: string): string[] {
  return values.filter((value) => value !== null && !isObject(value) && !isList(value)).map((value) => literalTexts(value, type)[0] ?? "");
}

function typedBefore(rules: readonly RuleState[], { side, column }: Extract<GridColumn, { kind: "cell" }>): Json[] {
  return rules.slice(0, MOST_RULES).flatMap((rule) => {
    if (side === "output_columns") return [outputOf(rule, column.name) ?? null];
    const own = conditionsOf(rule).filter((each) => each.column === column.name);
    return own.flatMap(({ value = null }) => (isList(value) ? value : [value]));
  });
}

function valuesOf(state: TableState, grid: Extract<GridColumn, { kind: "cell" }>): readonly string[] {
  const { column } = grid;
  if (isList(column["allowed_values"])) return plainValues(column["allowed_values"], column.type);
  if (column.type === "boolean") return ["true", "false"];
  return column.type === "string" || column.type === "any" ? [...new Set(plainValues(typedBefore(state.rules, grid), column.type))].toSorted() : [];
}

function operatorOptions(column: ColumnState): Option[] {
  const { operators } = column;
  const allowed = isList(operators) && operators.length > 0 ? (operators as readonly Operator[]) : operatorsOf(column.type);
  return allowed.filter((operator) => operator !== "==").map((operator) => ({ value: operatorText(operator), label: operatorText(operator), note: operatorName(operator) }));
}

/** Everything that can be offered in a column, made once for an open cell. */
export function offersOf(state: TableState, grid: GridColumn): readonly Option[] {
  if (grid.kind !== "cell") return [];
  const values = valuesOf(state, grid).map((value): Option => ({ value, label: value }));
  return grid.side === "input_columns" ? [...values, ...operatorOptions(grid.column)] : values;
}

/** Names that an expression may say. */
export function namesOf(state: TableState): readonly Option[] {
  const inputs = state.input_columns.map(({ name }): Option => ({ value: name, label: name, note: _("input") }));
  return [...inputs, ...FUNCTIONS.map((name): Option => ({ value: `${name}(`, label: `${name}( )` }))];
}

function isExpression(text: string, grid: GridColumn): boolean {
  return grid.kind === "cell" && (grid.side === "output_columns" ? text.startsWith("=") : text.includes("?") || text.includes("("));
}

/** The offers that begin as the text does; in expressions names that begin as its last word does. */
export function offered(text: string, grid: GridColumn, offers: readonly Option[], names: readonly Option[]): readonly Option[] {
  if (isExpression(text, grid)) {
    const word = lastWord(text);
    return word === "" ? [] : names.filter(({ value }) => startsSo(value, word)).slice(0, MOST);
  }
  const typed = lastPart(text);
  const fitting = offers.filter(({ value, note }) => startsSo(value, typed) || (typed.length > 1 && (note ?? "").toLowerCase().includes(typed.toLowerCase())));
  return fitting.some(({ value }) => value === text.trim()) ? [] : fitting.slice(0, MOST);
}

function startsSo(value: string, typed: string): boolean {
  return value.toLowerCase().startsWith(typed.toLowerCase());
}

function lastWord(text: string): string {
  return /[\p{L}_][\p{L}\p{N}_]*$/u.exec(text)?.[0] ?? "";
}

/** What stands behind the last comma: lists are completed value by value. */
function lastPart(text: string): string {
  return /(?:^|,)\s*([^,]*)$/.exec(text)?.[1] ?? "";
}

/** The text with an offer in the place of what was begun; `open`: there is more to type. */
export function completed(text: string, grid: GridColumn, option: Option): { readonly text: string; readonly open: boolean } {
  if (isExpression(text, grid)) return { text: text.slice(0, text.length - lastWord(text).length) + option.value, open: true };
  const part = lastPart(text);
  const isOperator = option.note !== undefined;
  const needsValue = isOperator && !/empty$/.test(option.value);
  return { text: text.slice(0, text.length - part.length) + option.value + (needsValue ? " " : ""), open: needsValue };
}
