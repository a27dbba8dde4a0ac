/** The cells of rules: read and written as operations carry them. */
import { isList, isObject, withMember, type Json, type JsonObject } from "../json";
import { Refusal } from "../refusal";
import type { Path } from "../operations";
import { conditionsOf, outputOf, outputsOf, testsOf, type ConditionState, type RuleState, type Side, type TableState } from "./state";

/** A cell as it stands in events: the tests of an input, the value of an output; null where there is nothing. */
export function cellOf(rule: RuleState, side: Side, column: string): Json {
  return (side === "input_columns" ? testsOf(rule, column) : outputOf(rule, column)) ?? null;
}

/** The rule with another cell; the same rule when nothing changes. */
export function withCell(rule: RuleState, side: Side, column: string, cell: Json): RuleState {
  return side === "input_columns" ? withTests(rule, column, cell) : withOutput(rule, column, cell);
}

function withTests(rule: RuleState, column: string, cell: Json): RuleState {
  const conditions = conditionsOf(rule);
  const at = conditions.findIndex((condition) => condition.column === column);
  if (at < 0 && cell === null) return rule;
  const made = (cell === null ? [] : (cell as readonly JsonObject[])).map((test): ConditionState => ({ column, ...test }));
  const others = conditions.filter((condition) => condition.column !== column);
  // Those before the first of this column are all of other columns.
  const next = at < 0 ? [...conditions, ...made] : others.toSpliced(at, 0, ...made);
  return { ...rule, conditions: next };
}

function withOutput(rule: RuleState, column: string, cell: Json): RuleState {
  const outputs = outputsOf(rule);
  const next = withMember(outputs, column, cell ?? undefined);
  return next === outputs ? rule : { ...rule, outputs: next };
}

/** Throws where this can be no cell at all; whether it fits its column is the server's to say. */
export function checkCell(side: Side, cell: Json, path: Path): void {
  if (side === "output_columns" || cell === null) return;
  const fits = isList(cell) && cell.length > 0 && cell.every((test) => isObject(test) && ("feel" in test || "operator" in test));
  if (!fits) throw new Refusal("cell_invalid", "This is no condition.", path);
}

/** The cells of a column, by rule; without rules that have none. */
export function cellsOf(state: TableState, side: Side, column: string): JsonObject {
  const found = state.rules.map((rule) => [rule.id, cellOf(rule, side, column)] as const);
  return Object.fromEntries(found.filter(([, cell]) => cell !== null));
}

/** The state with other cells in a column; `only` leaves cells of rules that are not named as they are. */
export function withCells(state: TableState, side: Side, column: string, cells: JsonObject, only: "named" | "all"): TableState {
  const rules = state.rules.map((rule) => {
    const named = Object.hasOwn(cells, rule.id);
    return named || only === "all" ? withCell(rule, side, column, named ? (cells[rule.id] ?? null) : null) : rule;
  });
  return rules.every((rule, at) => rule === state.rules[at]) ? state : { ...state, rules };
}

/** What the table answers in a column when no rule fits; undefined: nothing is said. */
export function defaultOf(state: TableState, column: string): Json | undefined {
  const defaults = state["default_outputs"];
  return isObject(defaults) && Object.hasOwn(defaults, column) ? defaults[column] : undefined;
}

export function withDefault(state: TableState, column: string, value: Json | undefined): TableState {
  const defaults = state["default_outputs"];
  if (value === undefined && !isObject(defaults)) return state;
  return withMember(state, "default_outputs", withMember(isObject(defaults) ? defaults : {}, column, value));
}
