/** Operations on single rules and cells. */
import { isObject, withMember, type Json, type JsonObject } from "../json";
import { Refusal } from "../refusal";
import type { Draft } from "../operations";
import { cellOf, checkCell, withCell } from "./cells";
import { valueOf, type Kind } from "./kinds";
import { columnOf, placeOfRule, ruleOf, TABLE_LIMITS, withRuleAt, type RuleState, type Side, type TableState } from "./state";

const RULE_FIELDS: ReadonlySet<string> = new Set(["priority", "annotation", "enabled"]);

function idOf({ path }: Draft): string {
  return path[1] ?? "";
}

function placeNeeded(state: TableState, operation: Draft): number {
  const at = placeOfRule(state, idOf(operation));
  if (at < 0) throw new Refusal("rule_not_found", "This rule does not exist any more.", operation.path);
  return at;
}

/** Where a rule goes that is to stand behind another one; null is the beginning. */
function placeBehind(state: TableState, after: Json, operation: Draft): number {
  if (after === null) return 0;
  const at = typeof after === "string" ? placeOfRule(state, after) : -1;
  if (at < 0) throw new Refusal("rule_not_found", "The rule before it does not exist any more.", operation.path);
  return at + 1;
}

export function predecessor(state: TableState, id: string): string | null {
  return state.rules[placeOfRule(state, id) - 1]?.id ?? null;
}

function add(state: TableState, operation: Draft): TableState {
  const value = valueOf(operation);
  const id = idOf(operation);
  const rule = isObject(value) ? value["rule"] : null;
  if (!isObject(rule) || rule["id"] !== id || !isObject(value) || value["after"] === undefined) {
    throw new Refusal("invalid_value", "A new rule has the id of its path, and a place.", operation.path);
  }
  const present = ruleOf(state, id);
  if (present) throw new Refusal("rule_exists", "There is a rule with this id.", operation.path, present);
  if (state.rules.length >= TABLE_LIMITS.rules) throw tooManyRules(operation);
  const at = placeBehind(state, value["after"], operation);
  return { ...state, rules: state.rules.toSpliced(at, 0, rule as RuleState) };
}

export function tooManyRules(operation: Draft): Refusal {
  return new Refusal("too_many_rules", `A table has at most ${TABLE_LIMITS.rules} rules.`, operation.path);
}

function remove(state: TableState, operation: Draft): TableState {
  return { ...state, rules: state.rules.toSpliced(placeNeeded(state, operation), 1) };
}

function move(state: TableState, operation: Draft): TableState {
  const from = placeNeeded(state, operation);
  const after = valueOf(operation);
  if (operation.path.length !== 3 || operation.path[2] !== "position") {
    throw new Refusal("invalid_path", "The path of a move ends with the position.", operation.path);
  }
  if (after === idOf(operation)) throw new Refusal("invalid_value", "A rule cannot stand behind itself.", operation.path);
  if (after === predecessor(state, idOf(operation))) return state;
  const rest = { ...state, rules: state.rules.toSpliced(from, 1) };
  return { ...rest, rules: rest.rules.toSpliced(placeBehind(rest, after, operation), 0, state.rules[from] as RuleState) };
}

function sideOfCell({ path }: Draft): Side {
  const [, , part, column] = path;
  if (path.length !== 4 || column === undefined || (part !== "conditions" && part !== "outputs")) {
    throw new Refusal("invalid_path", "The path of a cell names its rule, its part and its column.", path);
  }
  return part === "conditions" ? "input_columns" : "output_columns";
}

function changeCell(state: TableState, operation: Draft): TableState {
  const side = sideOfCell(operation);
  const column = operation.path[3] ?? "";
  const at = placeNeeded(state, operation);
  if (!columnOf(state, side, column)) {
    throw new Refusal("column_not_found", "This column does not exist any more.", operation.path);
  }
  checkCell(side, valueOf(operation), operation.path);
  return withRuleAt(state, at, withCell(state.rules[at] as RuleState, side, column, valueOf(operation)));
}

function changeRule(state: TableState, operation: Draft): TableState {
  const [, , field, ...deeper] = operation.path;
  if (field === undefined || deeper.length > 0 || !RULE_FIELDS.has(field)) {
    throw new Refusal("unknown_field", `A rule has no field “${field ?? ""}” to write.`, operation.path);
  }
  const at = placeNeeded(state, operation);
  return withRuleAt(state, at, withMember(state.rules[at] as RuleState, field, operation.new ?? undefined));
}

function ruleWithPlace(state: TableState, operation: Draft): JsonObject | null {
  const rule = ruleOf(state, idOf(operation));
  return rule ? { rule, after: predecessor(state, rule.id) } : null;
}

export const RULE_KINDS: readonly (readonly [string, Kind])[] = [
  ["rule_added", { apply: add, old: () => null, inverse: "rule_removed" }],
  ["rule_removed", { apply: remove, old: ruleWithPlace, inverse: "rule_added" }],
  ["rule_moved", { apply: move, old: (state, operation) => predecessor(state, idOf(operation)) }],
  ["rule_changed", { apply: changeRule, old: (state, operation) => ruleOf(state, idOf(operation))?.[operation.path[2] ?? ""] ?? null }],
  [
    "cell_changed",
    {
      apply: changeCell,
      old: (state, operation) => {
        const rule = ruleOf(state, idOf(operation));
        return rule ? cellOf(rule, sideOfCell(operation), operation.path[3] ?? "") : null;
      },
    },
  ],
];
