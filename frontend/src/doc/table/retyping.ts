/** Another type for a column: its cells become values of it, or the operation is refused. */
import { isList, withMember, type Json, type JsonObject } from "../json";
import { Refusal } from "../refusal";
import type { Path } from "../operations";
import { cellsOf, defaultOf, withCells, withDefault } from "./cells";
import { converted, convertedList, convertedOutput, convertedTest } from "./convert";
import { fitsType } from "./operators";
import type { ColumnState, Side, TableState, TestState } from "./state";

function tests(cell: Json, from: string, to: string): Json | undefined {
  const made = (cell as readonly TestState[]).map((test) => (fitsType(test["operator"], to) ? convertedTest(test, from, to) : undefined));
  return made.some((test) => test === undefined) ? undefined : (made as readonly Json[]);
}

function refusal(path: Path): Refusal {
  return new Refusal("cell_invalid", "Some values do not fit the new type. Change them first.", path);
}

function needed<Value>(value: Value | undefined, path: Path): Value {
  if (value === undefined) throw refusal(path);
  return value;
}

function columnOfType(column: ColumnState, type: string, path: Path): ColumnState {
  const { allowed_values: allowed, default_value: value, operators } = column;
  let next: ColumnState = { ...column, type };
  if (isList(allowed)) next = { ...next, allowed_values: needed(convertedList(allowed, column.type, type), path) };
  if (value !== undefined) next = { ...next, default_value: needed(converted(value, column.type, type), path) };
  if (isList(operators)) {
    const left = operators.filter((operator) => fitsType(operator, type));
    next = withMember(next, "operators", left.length > 0 ? left : undefined);
  }
  return next;
}

export function retyped(state: TableState, side: Side, column: ColumnState, type: string, path: Path): TableState {
  if (type === column.type) return state;
  const one = side === "input_columns" ? tests : convertedOutput;
  const cells = Object.entries(cellsOf(state, side, column.name)).map(([id, cell]) => [id, needed(one(cell, column.type, type), path)] as const);
  const columns = state[side].map((each) => (each === column ? columnOfType(column, type, path) : each));
  const next = withCells({ ...state, [side]: columns }, side, column.name, Object.fromEntries(cells) as JsonObject, "named");
  const value = side === "output_columns" ? defaultOf(state, column.name) : undefined;
  return value === undefined ? next : withDefault(next, column.name, needed(converted(value, column.type, type), path));
}
