/** Values as people write them in a cell, by the type of the column. Pure. */
import type { Json } from "../../doc";
import { isOfType, TEMPORAL } from "../../doc/table/convert";

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** More digits than these a number of the browser cannot hold: such a one stays an expression. */
const DIGITS = 15;
const MADE = /^(?:@|(date and time|date|time|duration)\s*\()\s*"([^"\\]*)"\s*\)?$/;
/** An hour as people write it. */
const NO_SECONDS = /^(?:\d{4}-\d\d-\d\dT)?\d\d:\d\d(?=$|Z|[+-])/;
const QUOTED = /^"(?:[^"\\]|\\.)*"$/s;
const TRUTH: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };

export function readNumber(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const digits = text.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+|0+$/g, "");
  return digits.length <= DIGITS && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function readQuoted(text: string): string | undefined {
  if (!QUOTED.test(text)) return undefined;
  try {
    return JSON.parse(text.replaceAll("\n", "\\n").replaceAll("\t", "\\t")) as string;
  } catch {
    return undefined;
  }
}

function readList(text: string): Json | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A text without signs of an expression in it. */
function isPlain(text: string): boolean {
  if (/^[-–]?$|^null$|^[[\]()@≥≤≠]|[",?!{}]|\.\./.test(text)) return false;
  // A call of a function, as FEEL writes their names.
  return !/^[a-z][a-z ]*\(/.test(text) && !/[<>=]/.test(text);
}

function readAny(text: string): Json | undefined {
  const truth = text === "true" || text === "false" ? text === "true" : undefined;
  return truth ?? readNumber(text) ?? readQuoted(text) ?? readList(text) ?? (isPlain(text) && !NUMBER.test(text) ? text : undefined);
}

/** The value of a text; undefined where it is none of the type. `null` is a value of every type. */
export function readLiteral(text: string, type: string): Json | undefined {
  if (text === "null") return null;
  if (type === "number") return readNumber(text);
  if (type === "boolean") return TRUTH[text.toLowerCase()];
  if (type === "string") return readQuoted(text) ?? (isPlain(text) ? text : undefined);
  if (type === "list") return readList(text);
  if (!TEMPORAL[type]) return readAny(text);
  const written = MADE.exec(text)?.[2] ?? readQuoted(text) ?? text;
  const inner = written.replace(NO_SECONDS, "$&:00");
  return isOfType(inner, type) ? inner : undefined;
}

/** How a value may be written, the tidiest first; the last is always understood. */
export function literalTexts(value: Json, type: string): string[] {
  if (typeof value === "string") return TEMPORAL[type] ? [value] : [value, JSON.stringify(value)];
  return [JSON.stringify(value)];
}
