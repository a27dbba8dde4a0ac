/** What people do in a table, as operations for `commit`. Pure: state and wish in, drafts out. */
import { isObject, same, withMember, type Json, type JsonObject } from "../json";
import type { Draft } from "../operations";
import { cellOf, withCell } from "./cells";
import { chunks } from "./chunks";
import { columnOf, placeOfColumn, placeOfRule, ruleOf, type ColumnState, type RuleState, type Side, type TableState } from "./state";

/** Another value for one cell: tests of an input, the value of an output; null empties it. */
export interface CellChange {
  readonly rule: string;
  readonly side: Side;
  readonly column: string;
  readonly cell: Json;
}

export type RuleField = "priority" | "annotation" | "enabled";

/** Another value for what a rule says of itself. */
export interface FieldChange {
  readonly rule: string;
  readonly field: RuleField;
  readonly cell: Json;
}

export type Change = CellChange | FieldChange;

/** More changes than this go as whole rules. */
const MOST_CHANGES = 40;

function isNeeded(state: TableState, change: Change): boolean {
  const rule = ruleOf(state, change.rule);
  if (!rule) return false;
  if ("field" in change) return !same(rule[change.field] ?? null, change.cell);
  return columnOf(state, change.side, change.column) !== undefined && !same(cellOf(rule, change.side, change.column), change.cell);
}

/** Cells and fields changed at once; what is so already is left out, and so are rules and columns that are gone. */
export function setCells(state: TableState, changes: readonly Change[]): Draft[] {
  const needed = changes.filter((change) => isNeeded(state, change));
  if (needed.length > MOST_CHANGES) return setRules(changedRules(state, needed));
  return needed.map((change) => {
    if ("field" in change) return { type: "rule_changed", path: ["rules", change.rule, change.field], new: change.cell };
    const part = change.side === "input_columns" ? "conditions" : "outputs";
    return { type: "cell_changed", path: ["rules", change.rule, part, change.column], new: change.cell };
  });
}

/** The rule as a change leaves it. */
export function changedRule(rule: RuleState, change: Change): RuleState {
  if ("field" in change) return withMember(rule, change.field, change.cell ?? undefined);
  return withCell(rule, change.side, change.column, change.cell);
}

function changedRules(state: TableState, changes: readonly Change[]): ReadonlyMap<string, RuleState> {
  const rules = new Map<string, RuleState>();
  for (const change of changes) {
    const present = rules.get(change.rule) ?? ruleOf(state, change.rule);
    if (present) rules.set(change.rule, changedRule(present, change));
  }
  return rules;
}

function setRules(rules: ReadonlyMap<string, RuleState | null>): Draft[] {
  return chunks([...rules]).map((few) => ({ type: "rules_changed", path: ["rules"], new: { rules: Object.fromEntries(few) } }));
}

/** New rules behind another one; null is the beginning. */
export function addRules(rules: readonly RuleState[], after: string | null): Draft[] {
  const [only] = rules;
  if (only && rules.length === 1) return [{ type: "rule_added", path: ["rules", only.id], new: { rule: only, after } }];
  let anchor = after;
  return chunks(rules.map((rule) => [rule.id, rule] as const)).map((few): Draft => {
    const places = chain(few.map(([id]) => id), anchor);
    anchor = few.at(-1)?.[0] ?? anchor;
    return { type: "rules_changed", path: ["rules"], new: { rules: Object.fromEntries(few), after: places } };
  });
}

/** Each behind the one before it. */
function chain(ids: readonly string[], after: string | null): JsonObject {
  return Object.fromEntries(ids.map((id, at) => [id, at === 0 ? after : (ids[at - 1] ?? null)]));
}

export function removeRules(state: TableState, ids: readonly string[]): Draft[] {
  const present = ids.filter((id) => ruleOf(state, id));
  const [only] = present;
  if (only !== undefined && present.length === 1) return [{ type: "rule_removed", path: ["rules", only] }];
  // By the size of what goes: an event carries it.
  return chunks(present.map((id) => [id, ruleOf(state, id) ?? null] as const)).map((few) => {
    return { type: "rules_changed", path: ["rules"], new: { rules: Object.fromEntries(few.map(([id]) => [id, null])) } };
  });
}

/** Rules behind another one, in the order that they have; nothing when they stand there. */
export function moveRules(state: TableState, ids: readonly string[], after: string | null): Draft[] {
  const moving = new Set(ids);
  const ordered = state.rules.filter(({ id }) => moving.has(id)).map(({ id }) => id);
  let at = after === null ? -1 : placeOfRule(state, after);
  // Behind one that moves itself is behind the first before it that stays.
  while (at >= 0 && moving.has(state.rules[at]?.id ?? "")) at -= 1;
  const anchor = state.rules[at]?.id ?? null;
  const [only] = ordered;
  if (only === undefined || standsSo(state, ordered, at)) return [];
  if (ordered.length === 1) return [{ type: "rule_moved", path: ["rules", only, "position"], new: anchor }];
  return [{ type: "rules_changed", path: ["rules"], new: { rules: {}, after: chain(ordered, anchor) } }];
}

function standsSo(state: TableState, ids: readonly string[], behind: number): boolean {
  return ids.every((id, at) => state.rules[behind + 1 + at]?.id === id);
}

export function setRuleField(state: TableState, id: string, field: RuleField, value: Json): Draft[] {
  return setCells(state, [{ rule: id, field, cell: value }]);
}

export function setSetting(state: TableState, field: string, value: Json): Draft[] {
  return same(state[field] ?? null, value) ? [] : [{ type: "settings_changed", path: [field], new: value }];
}

/** What the table answers in one column when no rule fits; null: the column's own default. */
export function setDefault(state: TableState, column: string, value: Json): Draft[] {
  const { default_outputs: present } = state;
  const defaults = Object.entries(isObject(present) ? present : {}).filter(([name]) => name !== column);
  if (value !== null) defaults.push([column, value]);
  return setSetting(state, "default_outputs", defaults.length > 0 ? Object.fromEntries(defaults) : null);
}

/** `after` left out: at the end. */
export function addColumn(state: TableState, side: Side, column: ColumnState, after?: string | null): Draft[] {
  const behind = after === undefined ? (state[side].at(-1)?.name ?? null) : after;
  return [{ type: "column_added", path: [side, column.name], new: { column, after: behind } }];
}

export function removeColumn(state: TableState, side: Side, name: string): Draft[] {
  return columnOf(state, side, name) ? [{ type: "column_removed", path: [side, name] }] : [];
}

export function moveColumn(state: TableState, side: Side, name: string, after: string | null): Draft[] {
  const at = placeOfColumn(state, side, name);
  if (at < 0 || after === name || (state[side][at - 1]?.name ?? null) === after) return [];
  return [{ type: "column_moved", path: [side, name, "position"], new: after }];
}

/** A column as it is to be: the name first, then the type, then the rest; what is the same is left out. */
export function changeColumn(state: TableState, side: Side, name: string, wanted: ColumnState): Draft[] {
  const column = columnOf(state, side, name);
  if (!column) return [];
  const drafts: Draft[] = [];
  if (wanted.name !== name) drafts.push({ type: "column_renamed", path: [side, "*names"], new: { from: name, to: wanted.name } });
  const write = (field: string, value: Json): void => void drafts.push({ type: "column_changed", path: [side, wanted.name, field], new: value });
  if (wanted.type !== column.type) write("type", wanted.type);
  const fields = side === "input_columns" ? ["label", "operators", "expression", "allowed_values"] : ["label", "allowed_values", "default_value"];
  for (const field of fields) if (!same(column[field] ?? null, wanted[field] ?? null)) write(field, wanted[field] ?? null);
  return drafts;
}
