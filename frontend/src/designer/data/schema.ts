/** The shape of items as rows of a tree: every field that any of them has, with a value that was seen. Pure. */
import { hasText } from "../../data-view/search";
import { idOf, membersOf, type OpenState, type Path } from "../../data-view/tree-rows";
import { isList, isObject, type Json } from "../../doc/json";
import { kindOf } from "../expressions/known";

export interface SchemaRow {
  readonly id: string;
  /** Within an item; the first entry of a list stands for all of them. */
  readonly path: Path;
  readonly key: string | number;
  readonly depth: number;
  readonly kind: string;
  /** The first value that is not null. */
  readonly sample: Json;
  readonly isOpen: boolean | null;
  readonly position: number;
  readonly size: number;
}

interface Waiting {
  readonly row: SchemaRow;
  readonly values: readonly Json[];
}

/** So many items tell the shape of all of them. */
const MAX_ITEMS = 100;
export const MAX_ROWS = 2_000;
const SEARCH_LEVELS = 8;

export function schemaRows(items: readonly Json[], open: OpenState): SchemaRow[] {
  const rows: SchemaRow[] = [];
  const waiting: Waiting[] = [];
  push(waiting, items.slice(0, MAX_ITEMS), [], 0, open);
  for (let next = waiting.pop(); next && rows.length < MAX_ROWS; next = waiting.pop()) {
    rows.push(next.row);
    if (next.row.isOpen) push(waiting, next.values, next.row.path, next.row.depth + 1, open);
  }
  return rows;
}

/** The rows that have a text in key or value, with those they lie in. */
export function searchSchema(items: readonly Json[], search: string): SchemaRow[] {
  const rows = schemaRows(items, { toggled: new Set(), levels: SEARCH_LEVELS });
  const kept = new Set<string>();
  for (const row of rows) {
    if (!hasText(String(row.key), search) && (row.isOpen === true || !hasText(row.sample, search))) continue;
    for (let length = 1; length <= row.path.length; length += 1) kept.add(idOf(row.path.slice(0, length)));
  }
  return rows.filter((row) => kept.has(row.id));
}

function push(waiting: Waiting[], parents: readonly Json[], path: Path, depth: number, open: OpenState): void {
  const fields = [...fieldsOf(parents)];
  for (let at = fields.length - 1; at >= 0; at -= 1) {
    const [key, values] = fields[at] ?? [];
    if (key === undefined || !values) continue;
    waiting.push({ row: rowOf(key, values, [...path, key], depth, open, at + 1, fields.length), values });
  }
}

/** Every key that one of the values has, with its values. All entries of lists are the first. */
function fieldsOf(parents: readonly Json[]): Map<string | number, Json[]> {
  const fields = new Map<string | number, Json[]>();
  const add = (key: string | number, value: Json): void => void (fields.get(key)?.push(value) ?? fields.set(key, [value]));
  for (const parent of parents) {
    if (isList(parent)) for (const entry of parent.slice(0, MAX_ITEMS)) add(0, entry);
    else for (const [key, value] of membersOf(parent)) add(key, value);
  }
  return fields;
}

function rowOf(key: string | number, values: readonly Json[], path: Path, depth: number, open: OpenState, position: number, size: number): SchemaRow {
  const id = idOf(path);
  const sample = values.find((value) => value !== null) ?? null;
  const canOpen = values.some((value) => (isList(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0));
  const isOpen = canOpen ? depth < open.levels !== open.toggled.has(id) : null;
  return { id, path, key, depth, kind: kindOf(sample), sample, isOpen, position, size };
}
