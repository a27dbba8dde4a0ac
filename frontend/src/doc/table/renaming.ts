/** Another name for a column, also in whatever names it; the text of expressions is left alone. */
import { isList, isObject, type Json, type JsonObject } from "../json";
import { conditionsOf, outputsOf, type ColumnState, type RuleState, type Side, type TableState } from "./state";

/** The object with one key called otherwise, in its place. */
function withKey(object: JsonObject, from: string, to: string): JsonObject {
  if (!Object.hasOwn(object, from)) return object;
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name === from ? to : name, value]));
}

function inRule(rule: RuleState, side: Side, from: string, to: string): RuleState {
  if (side === "output_columns") {
    const outputs = withKey(outputsOf(rule), from, to);
    return outputs === rule["outputs"] || !Object.hasOwn(rule, "outputs") ? rule : { ...rule, outputs };
  }
  const conditions = conditionsOf(rule);
  if (!conditions.some(({ column }) => column === from)) return rule;
  return { ...rule, conditions: conditions.map((each) => (each.column === from ? { ...each, column: to } : each)) };
}

function inRequires(requires: Json | undefined, from: string, to: string): Json | undefined {
  if (!isList(requires)) return requires;
  return requires.map((each) => (isObject(each) && isObject(each["provides"]) ? { ...each, provides: withKey(each["provides"], from, to) } : each));
}

export function renamed(state: TableState, side: Side, from: string, to: string): TableState {
  const columns = state[side].map((column): ColumnState => (column.name === from ? { ...column, name: to } : column));
  const next = { ...state, [side]: columns, rules: state.rules.map((rule) => inRule(rule, side, from, to)) };
  const { default_outputs: defaults, requires } = state;
  if (side === "output_columns") return isObject(defaults) ? { ...next, default_outputs: withKey(defaults, from, to) } : next;
  const others = inRequires(requires, from, to);
  return others === undefined ? next : { ...next, requires: others };
}
