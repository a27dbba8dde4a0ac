/** What each operation on a workflow does. One entry a type. */
import { isObject, withMember, type Json } from "../json";
import { LIMITS, type Draft } from "../operations";
import { Refusal } from "../refusal";
import { writeAt } from "../deep";
import {
  connectionKey,
  connectionOf,
  connectionsOf,
  nodeOf,
  placeOfConnection,
  placeOfNode,
  withNodeAt,
  workflowState,
  type ConnectionState,
  type NodeState,
  type Position,
  type WorkflowState,
} from "./state";

export type Handler = (state: WorkflowState, operation: Draft) => WorkflowState;

/** The fields of a node that `node_updated` writes. */
export const NODE_FIELDS: ReadonlySet<string> = new Set([
  ...["name", "notes", "disabled", "run_if", "retry", "on_error", "timeout_seconds", "execute_once"],
  ...["always_output_data", "pinned_data", "credentials", "style", "gateway", "on_doubt", "type_version", "type"],
]);

function key(operation: Draft): string {
  return operation.path[1] ?? "";
}

function valueOf(operation: Draft): Json {
  return operation.new ?? null;
}

function withNode(state: WorkflowState, operation: Draft, change: (node: NodeState) => NodeState): WorkflowState {
  const at = placeOfNode(state, key(operation));
  const node = state.nodes[at];
  if (!node) throw new Refusal("node_not_found", "This node does not exist any more.", operation.path);
  const next = change(node);
  return next === node ? state : withNodeAt(state, at, next);
}

function addNode(state: WorkflowState, operation: Draft): WorkflowState {
  const node = valueOf(operation);
  const id = key(operation);
  if (!isObject(node) || node["id"] !== id || typeof node["type"] !== "string") {
    throw new Refusal("invalid_value", "A new node has the id of its path and a type.", operation.path);
  }
  const present = nodeOf(state, id);
  if (present) throw new Refusal("node_exists", "There is a node with this id.", operation.path, present);
  if (state.nodes.length >= LIMITS.nodes) {
    throw new Refusal("too_many_nodes", `A workflow has at most ${LIMITS.nodes} nodes.`, operation.path);
  }
  return { ...state, nodes: [...state.nodes, node as NodeState] };
}

function removeNode(state: WorkflowState, operation: Draft): WorkflowState {
  const at = placeOfNode(state, key(operation));
  if (at < 0) throw new Refusal("node_not_found", "This node does not exist any more.", operation.path);
  if (connectionsOf(state, new Set([key(operation)])).length > 0) {
    throw new Refusal("node_connected", "The node has connections; remove them first.", operation.path);
  }
  return { ...state, nodes: state.nodes.toSpliced(at, 1) };
}

function isPosition(value: Json): value is Position {
  if (!isObject(value) || Object.keys(value).length !== 2) return false;
  return Number.isFinite(value["x"]) && Number.isFinite(value["y"]);
}

function moveNode(state: WorkflowState, operation: Draft): WorkflowState {
  const position = valueOf(operation);
  if (operation.path.length !== 3 || operation.path[2] !== "position") {
    throw new Refusal("invalid_path", "The path of a move ends with the position.", operation.path);
  }
  // Null takes the first move of a node without a position back.
  if (position !== null && !isPosition(position)) {
    throw new Refusal("invalid_value", "A position has a finite x and y.", operation.path);
  }
  return withNode(state, operation, (node) => withMember(node, "position", position ?? undefined));
}

function updateNode(state: WorkflowState, operation: Draft): WorkflowState {
  const [, , field, ...deeper] = operation.path;
  if (field === undefined || deeper.length > 0 || !NODE_FIELDS.has(field)) {
    throw new Refusal("unknown_field", `A node has no field “${field ?? ""}” to write.`, operation.path);
  }
  const value = valueOf(operation);
  if (field === "type" && value === null) {
    throw new Refusal("invalid_value", "A node always has a type.", operation.path);
  }
  return withNode(state, operation, (node) => withMember(node, field, value ?? undefined));
}

function changeParameter(state: WorkflowState, operation: Draft): WorkflowState {
  const [, , field, ...keys] = operation.path;
  if (field !== "parameters" || keys.length === 0) {
    throw new Refusal("path_not_found", "A parameter's path names the parameter.", operation.path);
  }
  return withNode(state, operation, (node) => {
    const parameters = writeAt(node["parameters"], keys, valueOf(operation));
    return withMember(node, "parameters", parameters ?? undefined);
  });
}

function addConnection(state: WorkflowState, operation: Draft): WorkflowState {
  const connection = valueOf(operation);
  if (!isObject(connection) || connectionKey(connection as ConnectionState) !== key(operation)) {
    throw new Refusal("invalid_path", "The connection is not the one that its path names.", operation.path);
  }
  const { source, target } = connection as ConnectionState;
  if (!nodeOf(state, source) || !nodeOf(state, target)) {
    throw new Refusal("connection_end_missing", "A node of this connection does not exist any more.", operation.path);
  }
  const present = connectionOf(state, key(operation)) ?? null;
  if (present) throw new Refusal("connection_exists", "These ports are connected already.", operation.path, present);
  if (state.connections.length >= LIMITS.connections) {
    const most = `A workflow has at most ${LIMITS.connections} connections.`;
    throw new Refusal("too_many_connections", most, operation.path);
  }
  return { ...state, connections: [...state.connections, connection as ConnectionState] };
}

function removeConnection(state: WorkflowState, operation: Draft): WorkflowState {
  const at = placeOfConnection(state, key(operation));
  if (at < 0) throw new Refusal("connection_not_found", "This connection does not exist any more.", operation.path);
  return { ...state, connections: state.connections.toSpliced(at, 1) };
}

function changeEntry(of: "settings" | "variables"): Handler {
  return (state, operation) => {
    if (operation.path.length !== 2 || operation.path[0] !== of) {
      throw new Refusal("invalid_path", "The path names one entry.", operation.path);
    }
    return withMember(state, of, withMember(state[of], key(operation), operation.new ?? undefined));
  };
}

function replace(_: WorkflowState, operation: Draft): WorkflowState {
  if (!isObject(operation.new) || operation.path.length > 0) {
    throw new Refusal("definition_invalid", "A document is replaced by a whole definition.", operation.path);
  }
  return workflowState({ schema_version: 1, ...operation.new });
}

export const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["node_added", addNode],
  ["node_removed", removeNode],
  ["node_moved", moveNode],
  ["node_updated", updateNode],
  ["parameter_changed", changeParameter],
  ["connection_added", addConnection],
  ["connection_removed", removeConnection],
  ["settings_changed", changeEntry("settings")],
  ["variables_changed", changeEntry("variables")],
  ["document_replaced", replace],
]);
