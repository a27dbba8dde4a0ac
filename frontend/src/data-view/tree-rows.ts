/** A value as the rows of a tree: only what is open is gone through, so size and depth cost nothing. Pure. */
import { isList, isObject, type Json } from "../doc/json";

export type Path = readonly (string | number)[];

export interface TreeRow {
  /** Tells the row from all others: its path as JSON. */
  readonly id: string;
  readonly path: Path;
  readonly key: string | number | null;
  readonly depth: number;
  readonly value: Json;
  /** Null for what cannot be opened. */
  readonly isOpen: boolean | null;
  /** Position among its siblings, from 1, and how many there are. */
  readonly position: number;
  readonly size: number;
}

/** What is open: by hand, or from the start. */
export interface OpenState {
  readonly toggled: ReadonlySet<string>;
  /** So many levels are open before anything is pressed. */
  readonly levels: number;
}

const MAX_ROWS = 200_000;

export function idOf(path: Path): string {
  return JSON.stringify(path);
}

/** The rows of several values, each the entry of a list. */
export function rowsOf(roots: readonly Json[], open: OpenState): TreeRow[] {
  const rows: TreeRow[] = [];
  // A stack instead of recursion: what is deep is no danger.
  const waiting: TreeRow[] = [];
  push(waiting, roots.map((value, at) => [at, value] as const), [], 0, open);
  for (let row = waiting.pop(); row && rows.length < MAX_ROWS; row = waiting.pop()) {
    rows.push(row);
    if (row.isOpen) push(waiting, membersOf(row.value), row.path, row.depth + 1, open);
  }
  return rows;
}

/** The members of a list or an object; none of anything else. */
export function membersOf(value: Json): (readonly [string | number, Json])[] {
  if (isList(value)) return value.map((entry, at) => [at, entry] as const);
  return isObject(value) ? Object.entries(value) : [];
}

/** How many members there are, without making a list of them. */
export function sizeOfValue(value: Json): number {
  if (isList(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

function push(waiting: TreeRow[], members: readonly (readonly [string | number, Json])[], parent: Path, depth: number, open: OpenState): void {
  for (let at = members.length - 1; at >= 0; at -= 1) {
    const member = members[at];
    if (member) waiting.push(rowOf(member, parent, depth, open, at + 1, members.length));
  }
}

function rowOf([key, value]: readonly [string | number, Json], parent: Path, depth: number, open: OpenState, position: number, size: number): TreeRow {
  const path = [...parent, key];
  const id = idOf(path);
  const isOpen = sizeOfValue(value) === 0 ? null : depth < open.levels !== open.toggled.has(id);
  return { id, path, key, depth, value, isOpen, position, size };
}
