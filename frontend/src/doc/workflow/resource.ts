/** The workflow as a kind of document. */
import { share, sizeOf, type Json } from "../json";
import { LIMITS, type Draft, type Path } from "../operations";
import { readAt } from "../deep";
import { Refusal } from "../refusal";
import type { Resource } from "../resource";
import { HANDLERS } from "./handlers";
import { connectionOf, nodeOf, type WorkflowState } from "./state";

const OPPOSITE: Readonly<Record<string, string>> = {
  node_added: "node_removed",
  node_removed: "node_added",
  connection_added: "connection_removed",
  connection_removed: "connection_added",
};
const ADDED = new Set(["node_added", "connection_added"]);

function apply(state: WorkflowState, operation: Draft): WorkflowState {
  const handler = HANDLERS.get(operation.type);
  if (!handler) {
    throw new Refusal("unknown_operation", `A workflow has no operation “${operation.type}”.`, operation.path);
  }
  return handler(state, operation);
}

function old(state: WorkflowState, { path }: Draft): Json {
  const [part, key = "", ...deeper] = path;
  if (part === undefined) return state;
  if (part === "nodes") return readAt(nodeOf(state, key), deeper) ?? null;
  if (part === "connections") return connectionOf(state, key) ?? null;
  return readAt(state, path) ?? null;
}

function inverse({ type, path }: Draft, was: Json): Draft {
  const opposite = OPPOSITE[type];
  if (opposite === undefined) return { type, path, new: was };
  return ADDED.has(type) ? { type: opposite, path } : { type: opposite, path, new: was };
}

/** Parts by key: a node's id after `node:`, else the member's name (`connections`, `settings`, `variables`, `nodes`). */
function part(state: WorkflowState, key: string): unknown {
  return key.startsWith("node:") ? nodeOf(state, key.slice(5)) : state[key];
}

function check(operation: Draft): void {
  const { type, path } = operation;
  if (type === "parameter_changed" && path.length - 3 > LIMITS.depth) {
    throw new Refusal("invalid_path", `A parameter's path has at most ${LIMITS.depth} keys.`, path);
  }
  if (type !== "document_replaced" && sizeOf(operation.new) > LIMITS.valueBytes) {
    throw new Refusal("value_too_large", "A value has at most 256 KB.", path);
  }
}

export const workflowResource: Resource<WorkflowState> = {
  apply,
  old,
  inverse,
  part,
  check,
  share: (before, after) => share(before, after),
  replaces: (path: Path) => path.length === 0,
};
