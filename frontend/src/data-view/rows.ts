/** Items as a table: which columns there are and what a cell shows. */
import type { Json, JsonObject } from "../doc/json";
import { compactJson } from "./compact-json";

export type { Json, JsonObject };

/** More columns than anybody reads would only cost time; the JSON tab has them all. */
export const MAX_COLUMNS = 200;
/** A cell shows one line; the rest of a long text is in the JSON tab. */
export const MAX_CELL = 300;
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The names that appear in any row, in the order of their first appearance. */
export function columnsOf(rows: readonly JsonObject[], limit = MAX_COLUMNS): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      names.add(name);
      if (names.size === limit) return [...names];
    }
  }
  return [...names];
}

/** Texts as they are, everything else as JSON; nothing for a field that the row lacks. */
export function cellText(value: Json | undefined): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : compactJson(value, MAX_CELL);
  return plainText(text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text);
}

/** Characters that cannot be seen but change how the line reads, such as U+202E, as their escapes. */
export function plainText(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A short name of the type, as the column's head shows it. */
export function typeName(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? "list" : typeof value;
}

/** The type of the first row that has the field at all. */
export function columnType(rows: readonly JsonObject[], name: string): string {
  return typeName(rows.find((row) => row[name] !== null && row[name] !== undefined)?.[name]);
}
