/** The server of the contract, in memory: an implementation of its own, on plain values that are changed in place. */
import type { Json } from "../json";
import type { DocumentEvent, Operation } from "../operations";
import { Refusal } from "../refusal";
import type { Answer, Batch, EventPage } from "../transport";

/* eslint-disable @typescript-eslint/no-explicit-any */
type Any = any;

function keyOf(connection: Any): string {
  const { source, source_output, target, target_input } = connection;
  return `${source}:${source_output || "main"}>${target}:${target_input || "main"}`;
}

function refuse(code: string, path: readonly string[]): never {
  throw new Refusal(code, code, path);
}

function put(holder: Any, key: string, value: Any): void {
  if (value === null || value === undefined) delete holder[key];
  else holder[key] = value;
}

/** Applies to `state` in place; answers what was there. */
export function applyInPlace(state: Any, { type, path, new: value = null }: Operation | DocumentEvent): Json {
  const [, key = "", field = "", ...keys] = path;
  const at = state.nodes.findIndex((node: Any) => node.id === key);
  const node = state.nodes[at];
  const link = state.connections.findIndex((connection: Any) => keyOf(connection) === key);
  let old: Any = null;
  const needNode = (): void => void (node ?? refuse("node_not_found", path));
  if (type === "node_added") {
    if (node) refuse("node_exists", path);
    state.nodes.push(structuredClone(value));
  } else if (type === "node_removed") {
    needNode();
    if (state.connections.some((one: Any) => one.source === key || one.target === key)) refuse("node_connected", path);
    [old] = state.nodes.splice(at, 1);
  } else if (type === "node_moved" || type === "node_updated") {
    needNode();
    old = node[field] ?? null;
    put(node, field, structuredClone(value));
  } else if (type === "parameter_changed") {
    needNode();
    old = setDeep(node, ["parameters", ...keys], structuredClone(value), path);
  } else if (type === "connection_added") {
    const ends = [(value as Any).source, (value as Any).target];
    if (!ends.every((id) => state.nodes.some((one: Any) => one.id === id))) refuse("connection_end_missing", path);
    if (link >= 0) refuse("connection_exists", path);
    state.connections.push(structuredClone(value));
  } else if (type === "connection_removed") {
    if (link < 0) refuse("connection_not_found", path);
    [old] = state.connections.splice(link, 1);
  } else if (type === "settings_changed" || type === "variables_changed") {
    const holder = state[path[0] ?? ""];
    old = holder[key] ?? null;
    put(holder, key, structuredClone(value));
  } else if (type === "document_replaced") {
    old = structuredClone(state);
    for (const name of Object.keys(state)) delete state[name];
    Object.assign(state, structuredClone(value));
  } else refuse("unknown_operation", path);
  return structuredClone(old);
}

function setDeep(holder: Any, keys: readonly string[], value: Any, path: readonly string[]): Json {
  const [key = "", ...rest] = keys;
  if (Array.isArray(holder) && !(/^\d+$/.test(key) && Number(key) < holder.length)) refuse("path_not_found", path);
  if (rest.length === 0) {
    const old = holder[key] ?? null;
    if (Array.isArray(holder)) holder[Number(key)] = value;
    else put(holder, key, value);
    return old;
  }
  const inner = holder[key] ?? null;
  if (inner === null && value === null) return null;
  if (inner !== null && typeof inner !== "object") refuse("path_not_found", path);
  if (inner === null) holder[key] = {};
  return setDeep(holder[key], rest, value, path);
}

export class ServerModel {
  state: Any;
  seq = 0;
  epoch = 1;
  readonly log: DocumentEvent[] = [];
  readonly first: Json;

  constructor(state: Json) {
    this.first = structuredClone(state);
    this.state = structuredClone(state);
  }

  submit(batch: Batch): Answer {
    if (batch.epoch !== this.epoch) return { kind: "stale" };
    if (batch.ops.length > 50) throw new Error("A batch has at most 50 operations.");
    const known = new Set(this.log.map(({ op_id }) => op_id));
    const fresh = batch.ops.filter(({ op_id }) => !known.has(op_id));
    const trial = structuredClone(this.state);
    const events: DocumentEvent[] = [];
    for (const operation of fresh) {
      try {
        const old = applyInPlace(trial, operation);
        events.push(this.#event(operation, old, batch.client_id, this.seq + events.length + 1));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { kind: "refused", index: batch.ops.indexOf(operation), refusal: error };
      }
    }
    this.state = trial;
    this.seq += events.length;
    this.log.push(...structuredClone(events));
    if (fresh.some(({ type }) => type === "document_replaced")) this.epoch += 1;
    const page = this.after(batch.base_seq);
    const again = this.log.filter(({ seq, op_id }) => seq <= batch.base_seq && batch.ops.some((one) => one.op_id === op_id));
    return { kind: "accepted", ...page, events: [...structuredClone(again), ...page.events] };
  }

  after(seq: number): EventPage {
    return { seq: this.seq, epoch: this.epoch, events: structuredClone(this.log.slice(seq)) };
  }

  /** The first state and every event of the log. */
  fold(): Json {
    const state = structuredClone(this.first);
    for (const event of this.log) applyInPlace(state, event);
    return state;
  }

  #event({ op_id, type, path, new: value = null }: Operation, old: Json, client_id: string, seq: number): DocumentEvent {
    const timestamp = "2026-01-01T00:00:00Z";
    return { seq, op_id, type, path, old, new: value, actor: client_id, actor_kind: "user", client_id, timestamp };
  }
}
