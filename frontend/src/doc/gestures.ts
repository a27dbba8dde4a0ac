/** What people do in the designer, as operations for `commit`. Pure: state and wish in, drafts out. */
import type { Json } from "./json";
import { same } from "./json";
import { readAt } from "./deep";
import type { Draft } from "./operations";
import { changedPlaces, renameInNode } from "./rename";
import { namesOf, uniqueName } from "./names";
import { copies, type Part } from "./copies";
import {
  connectionKey,
  connectionOf,
  connectionsOf,
  nameOf,
  nodeOf,
  type ConnectionState,
  type NodeState,
  type Position,
  type WorkflowState,
} from "./workflow/state";

/** Both ends of a connection; the ports are `main` unless told otherwise. */
export interface Ends {
  readonly source: string;
  readonly source_output?: string;
  readonly target: string;
  readonly target_input?: string;
}

export function connectionAdded(ends: Ends): Draft {
  const { source, source_output = "main", target, target_input = "main" } = ends;
  const connection = { ...ends, source, source_output, target, target_input };
  return { type: "connection_added", path: ["connections", connectionKey(connection)], new: connection };
}

function connectionRemoved(connection: ConnectionState): Draft {
  return { type: "connection_removed", path: ["connections", connectionKey(connection)] };
}

function nodeAdded(node: NodeState): Draft {
  return { type: "node_added", path: ["nodes", node.id], new: node };
}

/** A new node, under a name that nobody has. */
export function addNode(state: WorkflowState, node: NodeState): Draft[] {
  return [nodeAdded({ ...node, name: uniqueName(nameOf(node), namesOf(state)) })];
}

/** A new node behind a port of another one. */
export function addNodeBehind(state: WorkflowState, node: NodeState, from: Omit<Ends, "target">): Draft[] {
  return [...addNode(state, node), connectionAdded({ ...from, target: node.id })];
}

export function removeNodes(state: WorkflowState, ids: readonly string[]): Draft[] {
  const gone = new Set(ids.filter((id) => nodeOf(state, id)));
  return [
    ...connectionsOf(state, gone).map(connectionRemoved),
    ...[...gone].map((id): Draft => ({ type: "node_removed", path: ["nodes", id] })),
  ];
}

/** Where nodes were dropped; commit with `whole: false`, so that one that is gone does not hold the others. */
export function moveNodes(state: WorkflowState, positions: ReadonlyMap<string, Position>): Draft[] {
  return [...positions]
    .filter(([id, { x, y }]) => {
      const node = nodeOf(state, id);
      return node && !same(node["position"], { x, y });
    })
    .map(([id, { x, y }]) => ({ type: "node_moved", path: ["nodes", id, "position"], new: { x, y } }));
}

/** Nothing when the ports are connected already. */
export function connect(state: WorkflowState, ends: Ends): Draft[] {
  const draft = connectionAdded(ends);
  return connectionOf(state, draft.path[1] ?? "") ? [] : [draft];
}

export function disconnect(state: WorkflowState, keys: readonly string[]): Draft[] {
  return keys.flatMap((key) => connectionOf(state, key) ?? []).map(connectionRemoved);
}

/** A parameter, or one value deep inside of it; null takes it away. */
export function setParameter(state: WorkflowState, id: string, keys: readonly string[], value: Json): Draft[] {
  const before = readAt(nodeOf(state, id)?.["parameters"], keys) ?? null;
  if (keys.length === 0 || same(before, value)) return [];
  return [{ type: "parameter_changed", path: ["nodes", id, "parameters", ...keys], new: value }];
}

/** Any other field of a node; null takes it away. */
export function setField(state: WorkflowState, id: string, field: string, value: Json): Draft[] {
  if (same(nodeOf(state, id)?.[field] ?? null, value)) return [];
  return [{ type: "node_updated", path: ["nodes", id, field], new: value }];
}

/** Another name, also in whatever refers to the node. Of two nodes with one name, references mean the first. */
export function renameNode(state: WorkflowState, id: string, wanted: string): Draft[] {
  const node = nodeOf(state, id);
  const name = wanted.trim();
  if (!node || name === "" || name === nameOf(node)) return [];
  const old = nameOf(node);
  const others = new Set(state.nodes.filter((other) => other.id !== id).map(nameOf));
  const next = uniqueName(name, others);
  const draft: Draft = { type: "node_updated", path: ["nodes", id, "name"], new: next };
  const meant = state.nodes.find((other) => nameOf(other) === old)?.id === id;
  return meant ? [draft, ...referencesRenamed(state, new Map([[old, next]]))] : [draft];
}

function referencesRenamed(state: WorkflowState, names: ReadonlyMap<string, string>): Draft[] {
  return state.nodes.flatMap((node) => {
    const next = renameInNode(node, names);
    if (next === node) return [];
    const places = changedPlaces(node["parameters"] ?? {}, next["parameters"] ?? {});
    const drafts = places.map(([keys, value]): Draft => {
      return { type: "parameter_changed", path: ["nodes", node.id, "parameters", ...keys], new: value };
    });
    const condition = next["run_if"] ?? null;
    if (condition === (node["run_if"] ?? null)) return drafts;
    return [...drafts, { type: "node_updated", path: ["nodes", node.id, "run_if"], new: condition }];
  });
}

export interface Pasted {
  readonly drafts: Draft[];
  /** The new nodes, to be selected. */
  readonly ids: string[];
}

/** Nodes and the connections between them once more, with names and references of their own. */
export function insertPart(state: WorkflowState, part: Part, newId: () => string, by: Position): Pasted {
  const { nodes, connections } = copies(part, namesOf(state), newId, by);
  return { drafts: [...nodes.map(nodeAdded), ...connections.map(connectionAdded)], ids: nodes.map(({ id }) => id) };
}

/** How far a copy lies from what it is a copy of: two steps of the grid. */
const BESIDE: Position = { x: 32, y: 32 };

export function duplicate(state: WorkflowState, ids: readonly string[], newId: () => string, by = BESIDE): Pasted {
  return insertPart(state, partOf(state, ids), newId, by);
}

/** Nodes with the connections between them. */
export function partOf(state: WorkflowState, ids: readonly string[]): Part {
  const chosen = new Set(ids);
  return {
    nodes: state.nodes.filter(({ id }) => chosen.has(id)),
    connections: state.connections.filter(({ source, target }) => chosen.has(source) && chosen.has(target)),
  };
}

/** A new node in the middle of a connection; nothing when that is gone. */
export function insertOnConnection(
  state: WorkflowState,
  key: string,
  node: NodeState,
  ports: { readonly input?: string; readonly output?: string } = {},
): Draft[] {
  const connection = connectionOf(state, key);
  if (!connection) return [];
  const { input = "main", output = "main" } = ports;
  return [
    connectionRemoved(connection),
    ...addNode(state, node),
    // The first part keeps whatever else the connection says.
    connectionAdded({ ...connection, target: node.id, target_input: input }),
    connectionAdded({ ...after(connection), source: node.id, source_output: output }),
  ];
}

function after({ target, target_input }: ConnectionState): Pick<Ends, "target" | "target_input"> {
  return typeof target_input === "string" && target_input !== "" ? { target, target_input } : { target };
}
