/** What a refused gesture can still do: the same without the cells that the server named. Pure. */
import { isObject, type Json, type JsonObject } from "../json";
import type { Draft, Operation } from "../operations";
import type { Faults } from "../refusal";
import { cellOf, withCell } from "./cells";
import { conditionsOf, outputsOf, ruleOf, type RuleState, type Side, type TableState } from "./state";

export interface BadCell {
  readonly rule: string;
  readonly side: Side;
  readonly column: string;
  /** What was to stand there. */
  readonly cell: Json;
  readonly fault: string;
}

export interface Salvage {
  readonly drafts: readonly Draft[];
  readonly bad: readonly BadCell[];
}

/** Places as the server names them, counted over the rules of the operation. */
const PLACE = /^rules\[(\d+)\]\.(?:conditions\[(\d+)\]|outputs\.(.+))/s;

/** The rules that an operation writes, in the order in which it says them. */
export function rulesIn({ new: value = null }: Draft): readonly RuleState[] {
  if (!isObject(value)) return [];
  const { rule, rules } = value;
  if (isObject(rule)) return [rule as RuleState];
  return isObject(rules) ? Object.entries(rules).flatMap(([id, each]) => (isObject(each) ? [{ ...each, id }] : [])) : [];
}

function badCellIn(rule: RuleState, [, , condition, output = ""]: RegExpExecArray, fault: string): BadCell | null {
  if (condition !== undefined) {
    const column = conditionsOf(rule)[Number(condition)]?.column;
    return column === undefined ? null : { rule: rule.id, side: "input_columns", column, cell: cellOf(rule, "input_columns", column), fault };
  }
  const names = Object.keys(outputsOf(rule)).filter((name) => output === name || /^[.[]/.test(output.startsWith(name) ? output.slice(name.length) : ""));
  const column = names.toSorted((one, other) => other.length - one.length)[0];
  return column === undefined ? null : { rule: rule.id, side: "output_columns", column, cell: cellOf(rule, "output_columns", column), fault };
}

function badCells(operation: Draft, faults: Faults): readonly BadCell[] {
  const { type, path, new: value = null } = operation;
  if (type === "cell_changed") {
    const [, rule = "", part, column = ""] = path;
    const [fault = ""] = Object.values(faults)[0] ?? [];
    return fault === "" ? [] : [{ rule, side: part === "conditions" ? "input_columns" : "output_columns", column, cell: value, fault }];
  }
  const rules = rulesIn(operation);
  return Object.entries(faults).flatMap(([place, [fault = ""]]) => {
    const found = PLACE.exec(place);
    const rule = rules[Number(found?.[1])];
    const bad = found && rule ? badCellIn(rule, found, fault) : null;
    return bad ? [bad] : [];
  });
}

/** The operation with what the cells have at present in the place of what was refused. */
function withoutCells(state: TableState, operation: Draft, bad: readonly BadCell[]): readonly Draft[] {
  const { type, path, new: value = null } = operation;
  if (!isObject(value) || type === "cell_changed") return [];
  const mended = (rule: RuleState): RuleState => {
    const present = ruleOf(state, rule.id);
    const own = bad.filter((each) => each.rule === rule.id);
    return own.reduce((made, { side, column }) => withCell(made, side, column, present ? cellOf(present, side, column) : null), rule);
  };
  const { rule, rules } = value;
  if (isObject(rule)) return [{ type, path, new: { ...value, rule: mended(rule as RuleState) } }];
  const all = Object.entries(rules as JsonObject).map(([id, each]): [string, Json] => [id, isObject(each) ? mended(each as RuleState) : each]);
  return [{ type, path, new: { ...value, rules: Object.fromEntries(all) } }];
}

/** Null where the refusal is about something else than cells. */
export function salvaged(state: TableState, operations: readonly Operation[], refused: string | undefined, faults: Faults = {}): Salvage | null {
  const operation = operations.find(({ op_id }) => op_id === refused);
  const bad = operation ? badCells(operation, faults) : [];
  if (bad.length === 0) return null;
  const drafts = operations.flatMap((each): readonly Draft[] => {
    if (each === operation) return withoutCells(state, each, bad);
    return [{ type: each.type, path: each.path, ...(each.new !== undefined && { new: each.new }) }];
  });
  return { drafts, bad };
}
