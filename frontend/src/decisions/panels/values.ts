/** Values of a table as people read and type them. */
import type { Operator } from "../../doc/table/operators";
import { _ } from "../../lib/i18n";
import { readNumber } from "../editors/literals";
import { operatorText } from "../editors/operator-text";
import type { ColumnType, Condition, Json } from "../server/types";

/** A value in one line; nothing is a dash. */
export function shownValue(value: Json | undefined): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}

/** One condition, without its column: `≥ 100`. */
export function conditionText({ operator = "", value, feel }: Pick<Condition, "operator" | "value" | "feel">): string {
  if (feel !== undefined) return feel.trim() === "" ? "-" : feel;
  if (operator === "between" && Array.isArray(value)) return value.map(shownValue).join(" … ");
  const sign = operatorText(operator as Operator, true) ?? operator;
  return value === undefined || value === null ? sign : `${sign} ${shownValue(value)}`;
}

export type Read = { readonly value: Json } | { readonly fault: string };

/** What was typed into a field of a column of this type; an empty field is null. */
export function readValue(text: string, type: ColumnType): Read {
  const trimmed = text.trim();
  if (trimmed === "") return { value: null };
  if (type === "number") return readNumeric(trimmed);
  if (type === "boolean") return trimmed === "true" || trimmed === "false" ? { value: trimmed === "true" } : { fault: _("Write true or false.") };
  if (type === "list") return readList(trimmed);
  if (type === "any") return { value: anyValue(trimmed) };
  return { value: type === "string" ? text : trimmed };
}

function readNumeric(text: string): Read {
  const value = readNumber(text);
  return value === undefined ? { fault: _("Write a number such as 12 or 9.5, with a point and no more than 15 digits.") } : { value };
}

function readList(text: string): Read {
  if (!text.startsWith("[")) return { value: text.split(",").map((part) => anyValue(part.trim())) };
  const value = anyValue(text);
  return Array.isArray(value) ? { value } : { fault: _("Write a JSON list, or values with commas between them.") };
}

/** JSON where it is JSON, else the text itself. */
function anyValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The text that `readValue` reads back. */
export function typedText(value: Json | undefined, type: ColumnType): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") {
    // In a column of any type "12" is a text, 12 a number.
    return type === "any" && anyValue(value) !== value ? JSON.stringify(value) : value;
  }
  return JSON.stringify(value);
}

/** A sentence that names rules by id, with their numbers instead; what stands in quotes is left alone. */
export function withRuleNumbers(text: string, ids: readonly string[], numberOf: (id: string) => number | null): string {
  const numbers = new Map(ids.flatMap((id) => ((n) => (n === null ? [] : [[id, n] as const]))(numberOf(id))));
  if (numbers.size === 0) return text;
  const named = [...numbers.keys()].toSorted((one, other) => other.length - one.length).map((id) => id.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return text.replace(new RegExp(`(?<![\\w"-])(?:${named.join("|")})(?![\\w"-])`, "g"), (id) => String(numbers.get(id) ?? id));
}
