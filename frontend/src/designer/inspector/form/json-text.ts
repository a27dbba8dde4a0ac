/** JSON as people write it in a field: what is no JSON and does not look like it is a text of its own. Pure. */
import type { Json } from "../../../doc/json";

const LOOKS_LIKE_JSON = /^\s*[[{"]/;

/** The text for a value; reading it gives the value again. */
export function jsonText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  return value !== "" && isPlain(value) ? value : JSON.stringify(value);
}

export type Read = { readonly value: Json } | { readonly problem: string };

/** The value of a text. An empty one is nothing; a plain word is a text. */
export function readJson(text: string): Read {
  if (text.trim() === "") return { value: null };
  if (isPlain(text)) return { value: text };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function isPlain(text: string): boolean {
  if (LOOKS_LIKE_JSON.test(text)) return false;
  if (text.trim() === "") return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
