/** Pinned data as they are edited: a list of objects in JSON. Pure. */
import { isList, isObject, type Json, type JsonObject } from "../../doc/json";
import { _ } from "../../lib/i18n";
import type { Position } from "../expressions/types";
import { jsonFault, positionAt } from "./json-fault";
import type { DataItem } from "./types";

/** What one field of a document may hold. */
export const MAX_BYTES = 262_144;
const PARTS = new Set(["json", "binary", "error", "paired_item", "pairedItem"]);

export type Parsed =
  | { readonly items: readonly DataItem[] }
  | { readonly message: string; readonly position?: Position };

/** The text to be edited: only the data, unless items have files or errors too. */
export function textOfItems(items: readonly DataItem[]): string {
  const isPlain = items.every((item) => !item.binary && item.error === undefined);
  return JSON.stringify(isPlain ? items.map((item) => item.json) : items, null, 2);
}

/** The items that a text stands for, or what is wrong with it. */
export function parseItems(text: string): Parsed {
  if (new TextEncoder().encode(text).length > MAX_BYTES) {
    return { message: _("These data are too large to be pinned: at most {n} KB.", { n: MAX_BYTES / 1024 }) };
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return syntaxFault(text);
  }
  if (!isList(value)) return { message: _("Pinned data are a list of items: […].") };
  const wrong = value.findIndex((entry) => !isObject(entry));
  if (wrong >= 0) return { message: _("Item {n} is no object.", { n: wrong + 1 }) };
  const objects = value.filter(isObject);
  const isWhole = objects.length > 0 && objects.every(isItem);
  return { items: isWhole ? (objects as unknown as DataItem[]) : objects.map((json) => ({ json })) };
}

/** Whether an object is an item with its parts rather than its data alone. */
function isItem(entry: JsonObject): boolean {
  return isObject(entry.json) && Object.keys(entry).every((name) => PARTS.has(name));
}

function syntaxFault(text: string): Parsed {
  const position = positionAt(text, jsonFault(text) ?? text.length);
  return { message: _("This is no JSON: see line {line}.", { line: position.line }), position };
}
