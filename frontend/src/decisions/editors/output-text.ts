/** What a rule answers, as people write it: a value, or `= expression`. Pure. */
import { isObject, type Json } from "../../doc/json";
import { same } from "../../doc/json";
import type { ColumnState } from "../../doc/table/state";
import { _ } from "../../lib/i18n";
import type { Read } from "./condition-text";
import { literalTexts, readLiteral } from "./literals";
import { commaInAnswer } from "./slips";
import { unfinished } from "./split";
import { typeName } from "./types";

function readExpression(text: string): Read {
  const open = unfinished(text);
  if (text === "") return { fault: _("Write an expression behind “=”.") };
  return open === null ? { cell: { feel: text } } : { fault: _("Something is missing behind {sign}.", { sign: open }) };
}

/** An answer is text as it stands: quotes and expressions are not needed for it. */
function readValue(text: string, type: string): Json | undefined {
  const value = readLiteral(text, type);
  if (value !== undefined) return value;
  return type === "string" || type === "any" ? text : undefined;
}

export function readOutput(typed: string, column: ColumnState): Read {
  const text = typed.trim();
  if (text === "") return { cell: null };
  if (text.startsWith("=")) return readExpression(text.slice(1).trim());
  const value = readValue(text, column.type);
  if (value !== undefined && value !== null) return { cell: value };
  const comma = column.type === "number" ? commaInAnswer(text) : null;
  return { fault: comma ?? _("This is no {type}. Begin with “=” to compute it.", { type: typeName(column.type) }) };
}

export function writeOutput(cell: Json | undefined, column: ColumnState): string {
  if (cell === undefined || cell === null) return "";
  if (isObject(cell) && typeof cell["feel"] === "string") return `= ${cell["feel"]}`;
  const texts = literalTexts(cell, column.type);
  const fits = (text: string): boolean => {
    const read = readOutput(text, column);
    return "cell" in read && same(read.cell, cell);
  };
  return texts.find(fits) ?? texts.at(-1) ?? "";
}
