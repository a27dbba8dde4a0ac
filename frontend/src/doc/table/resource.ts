/** The decision table as a kind of document. */
import { isObject, share, sizeOf, withMember } from "../json";
import { LIMITS, type Draft } from "../operations";
import { Refusal } from "../refusal";
import type { Resource } from "../resource";
import { BULK_KIND } from "./bulk-kind";
import { COLUMN_KINDS } from "./column-kinds";
import { valueOf, type Kind } from "./kinds";
import { RULE_KINDS } from "./rule-kinds";
import { ruleOf, tableState, type TableState } from "./state";

const SETTINGS: ReadonlySet<string> = new Set(["hit_policy", "aggregation", "default_outputs", "metadata", "requires"]);

function changeSetting(state: TableState, operation: Draft): TableState {
  const [field = "", ...deeper] = operation.path;
  if (deeper.length > 0 || !SETTINGS.has(field)) throw new Refusal("unknown_field", `A table has no setting “${field}”.`, operation.path);
  return withMember(state, field, operation.new ?? undefined);
}

function replace(_: TableState, operation: Draft): TableState {
  if (!isObject(operation.new) || operation.path.length > 0) {
    throw new Refusal("table_invalid", "A table is replaced by a whole document.", operation.path);
  }
  return tableState({ schema_version: 1, ...operation.new });
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["settings_changed", { apply: changeSetting, old: (state, { path }) => state[path[0] ?? ""] ?? null }],
  ...COLUMN_KINDS,
  ...RULE_KINDS,
  ["rules_changed", BULK_KIND],
  ["document_replaced", { apply: replace, old: (state) => state }],
]);

function kindOf({ type, path }: Draft): Kind {
  const kind = KINDS.get(type);
  if (!kind) throw new Refusal("unknown_operation", `A decision table has no operation “${type}”.`, path);
  return kind;
}

function inverse(operation: Draft, was: ReturnType<Kind["old"]>): Draft {
  const type = kindOf(operation).inverse ?? operation.type;
  const { path } = operation;
  // What adds is taken back by removing, which carries no value.
  return type.endsWith("_removed") ? { type, path } : { type, path, new: was };
}

function check(operation: Draft): void {
  if (operation.type !== "document_replaced" && sizeOf(valueOf(operation)) > LIMITS.valueBytes) {
    throw new Refusal("value_too_large", "A value has at most 256 KB.", operation.path);
  }
}

/** Parts by key: a rule's id after `rule:`, else the member's name (`rules`, `input_columns`, `hit_policy`, …). */
export const tableResource: Resource<TableState> = {
  apply: (state, operation) => kindOf(operation).apply(state, operation),
  old: (state, operation) => kindOf(operation).old(state, operation),
  inverse,
  part: (state, key) => (key.startsWith("rule:") ? ruleOf(state, key.slice(5)) : state[key]),
  check,
  share: (before, after) => share(before, after),
  replaces: (path) => path.length === 0,
};
