/** Searching in items. Pure, but for a memory of what was read. */
import { isObject, type Json } from "../doc/json";

const texts = new WeakMap<object, string>();

/** Whether an item's JSON has a text in it, in any case of letters. */
export function hasText(value: Json, search: string): boolean {
  return lowered(value).includes(search.toLowerCase());
}

/** The parts of a text: those at odd places are what was searched for. */
export function splitAt(text: string, search: string): string[] {
  const wanted = search.toLowerCase();
  const lower = text.toLowerCase();
  // Some letters change their length with their case; then places do not fit together.
  if (!wanted || lower.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}

function lowered(value: Json): string {
  if (!isObject(value)) return textOf(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = textOf(value);
  texts.set(value, text);
  return text;
}

function textOf(value: Json): string {
  try {
    return JSON.stringify(value).toLowerCase();
  } catch {
    return ""; // nested more deeply than the browser can write
  }
}
