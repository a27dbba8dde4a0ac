/** A decision table as the designer's document. */
import { isObject, type Json, type JsonObject } from "../json";
import { PlaceIndex } from "../place-index";

export type Side = "input_columns" | "output_columns";

export interface ColumnState extends JsonObject {
  readonly name: string;
  readonly type: string;
}

/** What a cell asks of its column: an operator with its value, or unary tests of FEEL. */
export type TestState = JsonObject;

export interface ConditionState extends JsonObject {
  readonly column: string;
}

export interface RuleState extends JsonObject {
  readonly id: string;
}

export interface TableState extends JsonObject {
  readonly input_columns: readonly ColumnState[];
  readonly output_columns: readonly ColumnState[];
  readonly rules: readonly RuleState[];
}

/** A document with what it may leave out; throws where it is none. */
export function tableState(document: Json): TableState {
  if (!isObject(document)) throw new TypeError("A decision table's document is an object.");
  const { input_columns = [], output_columns = [], rules = [] } = document;
  return { ...document, input_columns, output_columns, rules } as TableState;
}

export function isSide(text: string | undefined): text is Side {
  return text === "input_columns" || text === "output_columns";
}

export const rulePlaces = new PlaceIndex((rule: RuleState) => rule.id);

export function placeOfRule(state: TableState, id: string): number {
  return rulePlaces.of(state.rules).get(id) ?? -1;
}

export function ruleOf(state: TableState, id: string): RuleState | undefined {
  return state.rules[placeOfRule(state, id)];
}

/** The state with a changed rule in the place of the one with its id. */
export function withRuleAt(state: TableState, at: number, rule: RuleState): TableState {
  return rule === state.rules[at] ? state : { ...state, rules: rulePlaces.with(state.rules, at, rule) };
}

export function placeOfColumn(state: TableState, side: Side, name: string): number {
  return state[side].findIndex((column) => column.name === name);
}

export function columnOf(state: TableState, side: Side, name: string): ColumnState | undefined {
  return state[side][placeOfColumn(state, side, name)];
}

/** What people call a column: its label, else its name. */
export function labelOf(column: ColumnState): string {
  const label = column["label"];
  return typeof label === "string" && label !== "" ? label : column.name;
}

const NONE: readonly ConditionState[] = [];

export function conditionsOf(rule: RuleState): readonly ConditionState[] {
  return (rule["conditions"] as readonly ConditionState[] | undefined) ?? NONE;
}

/** The tests of one cell, without the column that they all have; null where the rule asks nothing of it. */
export function testsOf(rule: RuleState, column: string): readonly TestState[] | null {
  const tests = conditionsOf(rule).filter((condition) => condition.column === column).map(withoutColumn);
  return tests.length > 0 ? tests : null;
}

function withoutColumn(condition: ConditionState): TestState {
  return Object.fromEntries(Object.entries(condition).filter(([name]) => name !== "column"));
}

export function outputsOf(rule: RuleState): JsonObject {
  return isObject(rule["outputs"]) ? rule["outputs"] : {};
}

/** What a rule answers in a column; undefined where it leaves it to the default. */
export function outputOf(rule: RuleState, column: string): Json | undefined {
  const outputs = outputsOf(rule);
  return Object.hasOwn(outputs, column) ? outputs[column] : undefined;
}

export const TABLE_LIMITS = { rules: 10_000, columns: 100, cellCharacters: 10_000 } as const;
