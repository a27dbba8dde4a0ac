/** Where a text stops being JSON. Browsers tell it in words of their own, or not at all. Pure. */
import type { Position } from "../expressions/types";

type Wanted = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end" | "nothing";

const TOKEN = /[\t\n\r ]*(?:([{}[\]:,])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;
const SPACE = /[\t\n\r ]*/y;

/** The offset of the first character that does not fit; null for JSON. */
export function jsonFault(text: string): number | null {
  const open: string[] = [];
  let wanted: Wanted = "value";
  for (let at = 0; ; ) {
    const start = spaceEnd(text, at);
    if (start === text.length) return wanted === "nothing" ? null : start;
    TOKEN.lastIndex = at;
    const [, sign = "", string, plain] = TOKEN.exec(text) ?? [];
    const next: Wanted | null = string !== undefined ? afterString(wanted, open) : plain !== undefined ? afterValue(wanted, open) : afterSign(sign, wanted, open);
    if (next === null) return start;
    wanted = next;
    at = TOKEN.lastIndex;
  }
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

function afterString(wanted: Wanted, open: readonly string[]): Wanted | null {
  return wanted.startsWith("key") ? ":" : afterValue(wanted, open);
}

function afterValue(wanted: Wanted, open: readonly string[]): Wanted | null {
  if (!wanted.startsWith("value")) return null;
  return open.length > 0 ? ", or end" : "nothing";
}

function afterSign(sign: string, wanted: Wanted, open: string[]): Wanted | null {
  if (sign === "{" || sign === "[") {
    if (!wanted.startsWith("value")) return null;
    open.push(sign);
    return sign === "{" ? "key or }" : "value or ]";
  }
  if (sign === ":") return wanted === ":" ? "value" : null;
  if (sign === ",") return wanted !== ", or end" ? null : open.at(-1) === "{" ? "key" : "value";
  const closes = (sign === "}" && open.at(-1) === "{") || (sign === "]" && open.at(-1) === "[");
  if (!closes || !(wanted === ", or end" || wanted.endsWith(sign))) return null;
  open.pop();
  return open.length > 0 ? ", or end" : "nothing";
}

function spaceEnd(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}
