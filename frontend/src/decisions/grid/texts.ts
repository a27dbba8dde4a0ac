/** What cells say, read and written as text. Each rule's texts are made once. */
import { outputOf, testsOf, type ColumnState, type Json, type RuleState } from "../../doc";
import { cellOf } from "../../doc/table/cells";
import { conditionsOf, outputsOf } from "../../doc/table/state";
import { _ } from "../../lib/i18n";
import { readCondition, writeCondition, type Read } from "../editors/condition-text";
import { readNumber } from "../editors/literals";
import { operatorText } from "../editors/operator-text";
import { readOutput, writeOutput } from "../editors/output-text";
import type { Operator } from "../../doc/table/operators";
import type { GridColumn } from "./columns";

const shownTexts = new WeakMap<RuleState, Map<ColumnState, string>>();

function shownCell(rule: RuleState, column: Extract<GridColumn, { kind: "cell" }>): string {
  const known = shownTexts.get(rule) ?? new Map<ColumnState, string>();
  shownTexts.set(rule, known);
  let text = known.get(column.column);
  if (text === undefined) {
    text = column.side === "input_columns" ? writeCondition(testsOf(rule, column.column.name) ?? undefined, column.column, true) : writeOutput(outputOf(rule, column.column.name), column.column);
    known.set(column.column, text);
  }
  return text;
}

/** For reading. */
export function shownText(rule: RuleState, column: GridColumn): string {
  if (column.kind === "cell") return shownCell(rule, column);
  return typedText(rule, column);
}

/** For typing on, and for the clipboard. */
export function typedText(rule: RuleState, column: GridColumn): string {
  switch (column.kind) {
    case "cell":
      return column.side === "input_columns"
        ? writeCondition(testsOf(rule, column.column.name) ?? undefined, column.column)
        : writeOutput(outputOf(rule, column.column.name), column.column);
    case "priority":
      return rule["priority"] === undefined ? "" : String(rule["priority"]);
    case "annotation":
      return typeof rule["annotation"] === "string" ? rule["annotation"] : "";
    case "beside":
      return column.beside.values.get(rule.id)?.text ?? "";
  }
}

function readPriority(text: string): Read {
  const value = text.trim() === "" ? null : readNumber(text.trim());
  if (value === undefined || (value !== null && (!Number.isInteger(value) || value < 0))) return { fault: _("A priority is a whole number.") };
  return { cell: value };
}

/** What a text means in a column. */
export function readText(text: string, column: GridColumn): Read {
  switch (column.kind) {
    case "cell":
      return column.side === "input_columns" ? readCondition(text, column.column) : readOutput(text, column.column);
    case "priority":
      return readPriority(text);
    case "annotation":
      return { cell: text.trim() === "" ? null : text };
    case "beside":
      return { fault: _("This column cannot be changed.") };
  }
}

/** What a rule has in a column, as operations carry it. */
export function valueIn(rule: RuleState, column: GridColumn): Json {
  if (column.kind === "cell") return cellOf(rule, column.side, column.column.name);
  return column.kind === "beside" ? null : (rule[column.key] ?? null);
}

const searched = new WeakMap<RuleState, string>();

function words(value: Json | undefined): string {
  return typeof value === "string" ? value : (JSON.stringify(value ?? "") ?? "");
}

/** Everything that a rule says, in lower case, to be searched. */
export function searchText(rule: RuleState): string {
  let text = searched.get(rule);
  if (text === undefined) {
    const conditions = conditionsOf(rule).map(({ operator, value, feel }) => {
      return feel === undefined ? `${operatorText(operator as Operator)} ${words(value)}` : words(feel);
    });
    const outputs = Object.values(outputsOf(rule)).map(words);
    text = [...conditions, ...outputs, words(rule["annotation"])].join("\n").toLowerCase();
    searched.set(rule, text);
  }
  return text;
}
