/** The definition of a workflow as the designer's document. */
import { isObject, type Json, type JsonObject } from "../json";
import { PlaceIndex } from "../place-index";

export interface Position extends JsonObject {
  readonly x: number;
  readonly y: number;
}

export interface NodeState extends JsonObject {
  readonly id: string;
  readonly type: string;
}

export interface ConnectionState extends JsonObject {
  readonly source: string;
  readonly target: string;
}

export interface WorkflowState extends JsonObject {
  readonly nodes: readonly NodeState[];
  readonly connections: readonly ConnectionState[];
  readonly variables: JsonObject;
  readonly settings: JsonObject;
}

/** A definition with what it may leave out; throws where it is none. */
export function workflowState(definition: Json): WorkflowState {
  if (!isObject(definition)) throw new TypeError("A workflow's definition is an object.");
  const { nodes = [], connections = [], variables = {}, settings = {} } = definition;
  return { ...definition, nodes, connections, variables, settings } as WorkflowState;
}

export function portOf(connection: ConnectionState, side: "source_output" | "target_input"): string {
  const port = connection[side];
  return typeof port === "string" && port !== "" ? port : "main";
}

/** What names a connection in paths. */
export function connectionKey(connection: ConnectionState): string {
  const { source, target } = connection;
  return `${source}:${portOf(connection, "source_output")}>${target}:${portOf(connection, "target_input")}`;
}

const nodePlaces = new PlaceIndex((node: NodeState) => node.id);
const connectionPlaces = new PlaceIndex(connectionKey);

/** The state with a changed node in the place of the one with its id. */
export function withNodeAt(state: WorkflowState, at: number, node: NodeState): WorkflowState {
  return { ...state, nodes: nodePlaces.with(state.nodes, at, node) };
}

export function placeOfNode(state: WorkflowState, id: string): number {
  return nodePlaces.of(state.nodes).get(id) ?? -1;
}

export function nodeOf(state: WorkflowState, id: string): NodeState | undefined {
  return state.nodes[placeOfNode(state, id)];
}

export function placeOfConnection(state: WorkflowState, key: string): number {
  return connectionPlaces.of(state.connections).get(key) ?? -1;
}

export function connectionOf(state: WorkflowState, key: string): ConnectionState | undefined {
  return state.connections[placeOfConnection(state, key)];
}

/** The connections that begin or end at one of the nodes. */
export function connectionsOf(state: WorkflowState, ids: ReadonlySet<string>): readonly ConnectionState[] {
  return state.connections.filter(({ source, target }) => ids.has(source) || ids.has(target));
}

/** What people call a node: its name, else its id. */
export function nameOf(node: NodeState): string {
  return typeof node["name"] === "string" && node["name"] !== "" ? node["name"] : node.id;
}
