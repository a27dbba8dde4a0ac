/** What is sent to the server and what it answers; the shapes of its contract. */
import type { Json } from "./json";

export type Path = readonly string[];

/** A change before it has an id: what gestures answer. */
export interface Draft {
  readonly type: string;
  readonly path: Path;
  /** The value that becomes; left out by what removes. */
  readonly new?: Json;
}

export interface Operation extends Draft {
  readonly op_id: string;
}

/** An operation as recorded: with its place in the order of all, and with what was there before. */
export interface DocumentEvent {
  readonly seq: number;
  readonly op_id: string;
  readonly type: string;
  readonly path: Path;
  readonly old: Json;
  readonly new: Json;
  readonly actor: string | null;
  readonly actor_kind: string;
  readonly client_id: string;
  readonly timestamp: string;
  readonly undo_of?: number | null;
}

export interface Snapshot<State> {
  readonly seq: number;
  readonly epoch: number;
  readonly state: State;
}

/** Whether one path is the other, or leads to it. */
export function overlap(left: Path, right: Path): boolean {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}

export const LIMITS = {
  batchOperations: 50,
  batchBytes: 1024 * 1024,
  valueBytes: 256 * 1024,
  /** Keys below `parameters`. */
  depth: 8,
  nodes: 2_000,
  connections: 10_000,
} as const;
