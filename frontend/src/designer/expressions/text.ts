/** Values as people read them in one line: texts in quotes, lists and objects as JSON, nothing that turns the line round. */
import { _ } from "../../lib/i18n";
import { compactJson } from "../../data-view/compact-json";
import { plainText, type Json } from "../../data-view/rows";

const SHORT = 60;
/** More than that of a value is shown only when it is asked for. */
export const MAX_SHOWN = 2_000;

export function valueText(value: Json | undefined, type?: string, limit = MAX_SHOWN): string {
  if (value === undefined || type === "undefined") return "undefined";
  const text = typeof value === "string" ? (type === "date" ? value : quotedValue(value, limit)) : compactJson(value, limit);
  return plainText(text.length > limit ? `${text.slice(0, limit)}…` : text);
}

export function shortText(value: Json | undefined): string {
  return valueText(value, undefined, SHORT);
}

/** The kind of a value in words. */
export function typeWord(kind: string): string {
  const words: Record<string, string> = {
    text: _("text"),
    string: _("text"),
    number: _("number"),
    boolean: _("true or false"),
    list: _("list"),
    array: _("list"),
    object: _("object"),
    nothing: _("empty"),
    null: _("empty"),
    date: _("date and time"),
    DateTime: _("date and time"),
  };
  return Object.hasOwn(words, kind) ? (words[kind] ?? kind) : kind;
}

function quotedValue(text: string, limit: number): string {
  return JSON.stringify(text.length > limit ? text.slice(0, limit + 1) : text);
}
