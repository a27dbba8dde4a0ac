/** Operations on columns. */
import { isList, isObject, withMember, type Json, type JsonObject } from "../json";
import { Refusal } from "../refusal";
import type { Draft } from "../operations";
import { cellsOf, defaultOf, withCells, withDefault } from "./cells";
import { valueOf, type Kind } from "./kinds";
import { renamed } from "./renaming";
import { retyped } from "./retyping";
import { columnOf, isSide, placeOfColumn, TABLE_LIMITS, type ColumnState, type Side, type TableState } from "./state";

const FIELDS: Readonly<Record<Side, ReadonlySet<string>>> = {
  input_columns: new Set(["label", "operators", "expression", "allowed_values", "type"]),
  output_columns: new Set(["label", "allowed_values", "default_value", "type"]),
};

export function sideOf({ path }: Draft): Side {
  const [side] = path;
  if (!isSide(side) || path.length < 2) throw new Refusal("invalid_path", "The path of a column begins with its side.", path);
  return side;
}

function nameOf({ path }: Draft): string {
  return path[1] ?? "";
}

function needColumn(state: TableState, operation: Draft): number {
  const at = placeOfColumn(state, sideOf(operation), nameOf(operation));
  if (at < 0) throw new Refusal("column_not_found", "This column does not exist any more.", operation.path);
  return at;
}

function placeBehind(columns: readonly ColumnState[], after: Json | undefined, operation: Draft): number {
  if (after === null) return 0;
  const at = columns.findIndex((column) => column.name === after);
  if (at < 0) throw new Refusal("column_not_found", "The column before it does not exist any more.", operation.path);
  return at + 1;
}

/** A column with its cells and what is answered in it when no rule fits: all that goes and comes with it. */
export interface Whole {
  readonly column: ColumnState;
  readonly cells: JsonObject;
  readonly value: Json | undefined;
  readonly after: Json | undefined;
}

function readWhole(value: Json): Whole | null {
  const given = isObject(value) ? value : {};
  const { column = null, cells = {}, after } = given;
  if (!isObject(column) || typeof column["name"] !== "string" || typeof column["type"] !== "string" || !isObject(cells)) return null;
  return { column: column as ColumnState, cells, value: given["default"], after };
}

function wholeOf(state: TableState, side: Side, name: string): JsonObject {
  const column = columnOf(state, side, name) ?? null;
  const value = side === "output_columns" ? defaultOf(state, name) : undefined;
  return { column, cells: cellsOf(state, side, name), ...(value !== undefined && { default: value }) };
}

function add(state: TableState, operation: Draft): TableState {
  const side = sideOf(operation);
  const whole = readWhole(valueOf(operation));
  if (whole?.column.name !== nameOf(operation) || whole.after === undefined) {
    throw new Refusal("invalid_value", "A new column has the name of its path, a type and a place.", operation.path);
  }
  const present = columnOf(state, side, whole.column.name);
  if (present) throw new Refusal("column_exists", "There is a column with this name.", operation.path, present);
  if (state.input_columns.length + state.output_columns.length >= TABLE_LIMITS.columns) {
    throw new Refusal("too_many_columns", `A table has at most ${TABLE_LIMITS.columns} columns.`, operation.path);
  }
  const at = placeBehind(state[side], whole.after, operation);
  const next = withCells({ ...state, [side]: state[side].toSpliced(at, 0, whole.column) }, side, whole.column.name, whole.cells, "named");
  return whole.value === undefined ? next : withDefault(next, whole.column.name, whole.value);
}

function provided(state: TableState, name: string): boolean {
  const { requires } = state;
  return isList(requires) && requires.some((each) => isObject(each) && isObject(each["provides"]) && Object.hasOwn(each["provides"], name));
}

function remove(state: TableState, operation: Draft): TableState {
  const side = sideOf(operation);
  const at = needColumn(state, operation);
  if (side === "input_columns" && provided(state, nameOf(operation))) {
    throw new Refusal("column_in_use", "Another table provides this column; take that away first.", operation.path);
  }
  const next = withCells({ ...state, [side]: state[side].toSpliced(at, 1) }, side, nameOf(operation), {}, "all");
  return side === "output_columns" ? withDefault(next, nameOf(operation), undefined) : next;
}

function change(state: TableState, operation: Draft): TableState {
  const side = sideOf(operation);
  const [, name = "", field = "", ...deeper] = operation.path;
  if (deeper.length > 0 || !FIELDS[side].has(field)) {
    throw new Refusal("unknown_field", `A column has no field “${field}” to write.`, operation.path);
  }
  const at = needColumn(state, operation);
  const column = state[side][at] as ColumnState;
  if (field !== "type") return { ...state, [side]: state[side].with(at, withMember(column, field, operation.new ?? undefined)) };
  if (typeof operation.new === "string") return retyped(state, side, column, operation.new, operation.path);
  const whole = readWhole(valueOf(operation));
  if (whole?.column.name !== name) throw new Refusal("invalid_value", "The column keeps its name.", operation.path);
  const next = withCells({ ...state, [side]: state[side].with(at, whole.column) }, side, name, whole.cells, "all");
  return side === "output_columns" ? withDefault(next, name, whole.value) : next;
}

function move(state: TableState, operation: Draft): TableState {
  const side = sideOf(operation);
  const at = needColumn(state, operation);
  const after = valueOf(operation);
  if (after === nameOf(operation)) throw new Refusal("invalid_value", "A column cannot stand behind itself.", operation.path);
  const rest = state[side].toSpliced(at, 1);
  return { ...state, [side]: rest.toSpliced(placeBehind(rest, after, operation), 0, state[side][at] as ColumnState) };
}

function rename(state: TableState, operation: Draft): TableState {
  const side = sideOf(operation);
  const { from, to } = (isObject(operation.new) ? operation.new : {}) as { from?: Json; to?: Json };
  if (nameOf(operation) !== "*names" || typeof from !== "string" || typeof to !== "string") {
    throw new Refusal("invalid_value", "A column is renamed from a name to another.", operation.path);
  }
  if (!columnOf(state, side, from)) throw new Refusal("column_not_found", "This column does not exist any more.", operation.path);
  if (from === to) return state;
  const present = columnOf(state, side, to);
  if (present) throw new Refusal("column_exists", "There is a column with this name.", operation.path, present);
  return renamed(state, side, from, to);
}

function oldField(state: TableState, operation: Draft): Json {
  const [, name = "", field = ""] = operation.path;
  const column = columnOf(state, sideOf(operation), name);
  if (!column) return null;
  return field === "type" ? wholeOf(state, sideOf(operation), name) : (column[field] ?? null);
}

function oldNames(_: TableState, operation: Draft): Json {
  const { from = null, to = null } = (isObject(operation.new) ? operation.new : {}) as { from?: Json; to?: Json };
  return { from: to, to: from };
}

function before(state: TableState, operation: Draft): string | null {
  const side = sideOf(operation);
  return state[side][placeOfColumn(state, side, nameOf(operation)) - 1]?.name ?? null;
}

export const COLUMN_KINDS: readonly (readonly [string, Kind])[] = [
  ["column_added", { apply: add, old: () => null, inverse: "column_removed" }],
  [
    "column_removed",
    {
      apply: remove,
      old: (state, operation) => ({ ...wholeOf(state, sideOf(operation), nameOf(operation)), after: before(state, operation) }),
      inverse: "column_added",
    },
  ],
  ["column_changed", { apply: change, old: oldField }],
  ["column_renamed", { apply: rename, old: oldNames }],
  ["column_moved", { apply: move, old: before }],
];
