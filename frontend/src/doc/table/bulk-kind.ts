/** Many rules at once: paste, fill, delete, reorder. */
import { isObject, type Json, type JsonObject } from "../json";
import { Refusal } from "../refusal";
import type { Draft } from "../operations";
import { valueOf, type Kind } from "./kinds";
import { predecessor, tooManyRules } from "./rule-kinds";
import { placeOfRule, TABLE_LIMITS, type RuleState, type TableState } from "./state";

interface Bulk {
  /** What rules become; null: they go. */
  readonly rules: ReadonlyMap<string, RuleState | null>;
  /** Behind which rule each of these stands afterwards; null: at the beginning. */
  readonly after: ReadonlyMap<string, string | null>;
}

function read(operation: Draft): Bulk {
  const value = valueOf(operation);
  const given = isObject(value) ? value : {};
  const { rules = {}, after = {} } = given as { rules?: Json; after?: Json };
  if (!isObject(rules) || !isObject(after)) throw new Refusal("invalid_value", "Rules and their places are objects.", operation.path);
  for (const [id, rule] of Object.entries(rules)) {
    if (rule !== null && (!isObject(rule) || rule["id"] !== id)) {
      throw new Refusal("invalid_value", "Each rule has the id that it is named by.", operation.path);
    }
  }
  return {
    rules: new Map(Object.entries(rules as Readonly<Record<string, RuleState | null>>)),
    after: new Map(Object.entries(after as Readonly<Record<string, string | null>>)),
  };
}

/** Every rule that is there afterwards and has no place of its own in `after`, in the order that they have. */
function remaining(state: TableState, { rules, after }: Bulk): RuleState[] {
  return state.rules.flatMap((rule) => (after.has(rule.id) || rules.get(rule.id) === null ? [] : [rules.get(rule.id) ?? rule]));
}

function needPlaces(state: TableState, { rules, after }: Bulk, operation: Draft): void {
  for (const [id, rule] of rules) {
    const present = placeOfRule(state, id) >= 0;
    if (rule === null && !present) throw new Refusal("rule_not_found", "This rule does not exist any more.", operation.path);
    if (rule !== null && !present && !after.has(id)) throw new Refusal("invalid_value", "A new rule needs a place.", operation.path);
  }
}

function apply(state: TableState, operation: Draft): TableState {
  const bulk = read(operation);
  needPlaces(state, bulk, operation);
  const placed = new Map<string | null, RuleState>();
  for (const [id, anchor] of bulk.after) {
    const rule = bulk.rules.has(id) ? bulk.rules.get(id) : state.rules[placeOfRule(state, id)];
    if (!rule) throw new Refusal("rule_not_found", "A rule that is moved does not exist any more.", operation.path);
    if (placed.has(anchor)) throw new Refusal("invalid_value", "Two rules cannot stand behind the same one.", operation.path);
    placed.set(anchor, rule);
  }
  const next: RuleState[] = [];
  const chain = (anchor: string | null): void => {
    for (let rule = placed.get(anchor); rule; rule = placed.get(rule.id)) next.push(rule);
  };
  chain(null);
  const stayed = remaining(state, bulk);
  for (const rule of stayed) {
    next.push(rule);
    chain(rule.id);
  }
  if (next.length !== stayed.length + placed.size) {
    throw new Refusal("rule_not_found", "The rule before them does not exist any more.", operation.path);
  }
  if (next.length > TABLE_LIMITS.rules) throw tooManyRules(operation);
  return { ...state, rules: next };
}

function old(state: TableState, operation: Draft): JsonObject {
  const { rules, after } = read(operation);
  const was = (id: string): RuleState | null => state.rules[placeOfRule(state, id)] ?? null;
  const moved = new Set([...after.keys(), ...[...rules].filter(([, rule]) => rule === null).map(([id]) => id)]);
  return {
    rules: Object.fromEntries([...rules.keys()].map((id) => [id, was(id)])),
    after: Object.fromEntries([...moved].filter(was).map((id) => [id, predecessor(state, id)])),
  };
}

export const BULK_KIND: Kind = { apply, old };
