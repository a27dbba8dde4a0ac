/** A node that was edited as JSON: the fewest operations that make it so. Pure. */
import { gestures, nameOf, type Draft, type Json, type JsonObject, type NodeState, type WorkflowState } from "../../../doc";
import { isList, isObject, same } from "../../../doc/json";
import { LIMITS } from "../../../doc/operations";
import { NODE_FIELDS } from "../../../doc/workflow/handlers";
import { _ } from "../../../lib/i18n";
import { refusalOf } from "../form/hints";

export type NodeDrafts = { readonly drafts: readonly Draft[] } | { readonly problem: string };

/** What each field has to be, where it is there. */
const SHAPES: Readonly<Record<string, (value: Json) => boolean>> = {
  type: (value) => typeof value === "string" && value !== "",
  type_version: (value) => typeof value === "number",
  name: (value) => typeof value === "string" && value.trim() !== "" && value.length <= 200,
  notes: (value) => typeof value === "string",
  run_if: (value) => typeof value === "string",
  disabled: (value) => typeof value === "boolean",
  execute_once: (value) => typeof value === "boolean",
  always_output_data: (value) => typeof value === "boolean",
  on_error: (value) => ["stop", "continue", "error_output"].includes(String(value)),
  on_doubt: (value) => ["retry", "stop_and_ask"].includes(String(value)),
  timeout_seconds: (value) => typeof value === "number" && value > 0,
  retry: (value) => isObject(value),
  style: (value) => isObject(value),
  credentials: (value) => isObject(value) && Object.values(value).every((id) => typeof id === "string"),
  gateway: (value) => typeof value === "string",
  pinned_data: (value) => isList(value) && value.every(isObject),
  parameters: (value) => isObject(value),
  position: (value) => isObject(value) && Object.keys(value).length === 2 && Number.isFinite(value["x"]) && Number.isFinite(value["y"]),
};

/** The node without members that are null or empty, which say the same as none at all. */
export function normalized(node: JsonObject): JsonObject {
  const written = Object.entries(node).map(([name, value]) => [name, name === "parameters" && isObject(value) ? withoutNothing(value) : value] as const);
  return Object.fromEntries(written.filter(([, value]) => value !== null));
}

/** Null where nothing is left. */
function withoutNothing(parameters: JsonObject): JsonObject | null {
  const present = Object.entries(parameters).filter(([, value]) => value !== null);
  return present.length > 0 ? Object.fromEntries(present) : null;
}

export function nodeDrafts(state: WorkflowState, before: NodeState, edited: Json): NodeDrafts {
  const problem = problemOf(state, before, edited);
  if (problem || !isObject(edited)) return { problem };
  const after = normalized(edited);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== "parameters");
  const drafts = [
    ...fields.flatMap((name) => fieldDrafts(state, before, name, after[name] ?? null)),
    ...parameterDrafts(before, isObject(after["parameters"]) ? after["parameters"] : {}),
  ];
  const tooLarge = drafts.map((draft) => refusalOf(draft.new ?? null)).find(Boolean);
  return tooLarge ? { problem: tooLarge } : { drafts };
}

function problemOf(state: WorkflowState, before: NodeState, edited: Json): string {
  if (!isObject(edited)) return _("A step is written as an object: {…}.");
  if (edited["id"] !== before.id) return _("The id cannot be changed: connections and past runs know the step by it.");
  const unknown = Object.keys(edited).find((name) => !(name in SHAPES) && name !== "id" && !same(edited[name], before[name]));
  if (unknown !== undefined) return _("A step has no field “{name}”.", { name: unknown });
  if ((edited["type"] ?? null) === null) return _("A step always has a type.");
  const wrong = Object.keys(SHAPES).find((name) => (edited[name] ?? null) !== null && !SHAPES[name]?.(edited[name] as Json));
  if (wrong !== undefined) return _("The value of “{name}” is of the wrong form.", { name: wrong });
  const taken = state.nodes.some((node) => node.id !== before.id && nameOf(node) === edited["name"]);
  return taken && edited["name"] !== before["name"] ? _("There is another step with the name “{name}”.", { name: String(edited["name"]) }) : "";
}

function fieldDrafts(state: WorkflowState, before: NodeState, name: string, value: Json): readonly Draft[] {
  if (same(before[name] ?? null, value) || !(name === "position" || NODE_FIELDS.has(name))) return [];
  const path = ["nodes", before.id, name];
  if (name === "position") return [{ type: "node_moved", path, new: value }];
  const draft: Draft = { type: "node_updated", path, new: value };
  return name === "name" && typeof value === "string" ? [draft, ...renamedElsewhere(state, before, value)] : [draft];
}

/** Other steps go on finding this one; what this one says itself is as it was written. */
function renamedElsewhere(state: WorkflowState, before: NodeState, name: string): readonly Draft[] {
  return gestures.renameNode(state, before.id, name).filter((draft) => draft.path[1] !== before.id);
}

function parameterDrafts(before: NodeState, after: JsonObject): readonly Draft[] {
  const given = isObject(before["parameters"]) ? before["parameters"] : {};
  return changes(given, after, []).map(([keys, value]) => ({ type: "parameter_changed", path: ["nodes", before.id, "parameters", ...keys], new: value }));
}

/** Places that differ. Lists are written whole, and so is an object that gets a member that is null: null removes. */
function changes(before: JsonObject, after: JsonObject, keys: readonly string[]): readonly (readonly [readonly string[], Json])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const left = own(before, name);
    const right = own(after, name);
    if (same(left, right)) return [];
    const place = [...keys, name];
    const goesDeeper = isObject(left) && isObject(right) && place.length < LIMITS.depth && !writesNull(left, right);
    return goesDeeper ? changes(left, right, place) : [[place, right ?? null] as const];
  });
}

function writesNull(before: JsonObject, after: JsonObject): boolean {
  return Object.keys(after).some((name) => {
    const left = own(before, name);
    const right = own(after, name);
    return (right === null && left !== null) || (isObject(left) && isObject(right) && writesNull(left, right));
  });
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
