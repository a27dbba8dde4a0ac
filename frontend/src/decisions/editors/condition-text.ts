/** Conditions of a cell as people write them: `>= 100`, `[18..65)`, `"gold", "silver"`, `not(…)`, any FEEL. Pure. */
import { isList, type Json } from "../../doc/json";
import { fitsType, type Operator } from "../../doc/table/operators";
import { same } from "../../doc/json";
import type { ColumnState, TestState } from "../../doc/table/state";
import { _ } from "../../lib/i18n";
import { literalTexts, readLiteral } from "./literals";
import { operatorText, readOperator } from "./operator-text";
import { commaInCondition, temporalFault } from "./slips";
import { splitOutside, unfinished } from "./split";

/** A cell, or why the text cannot be one. */
export type Read = { readonly cell: Json } | { readonly fault: string };

type Tests = readonly TestState[];

function allowedOf(column: ColumnState): readonly Json[] | null {
  const { operators } = column;
  return isList(operators) && operators.length > 0 ? operators : null;
}

function mayUse(column: ColumnState, operator: Operator): boolean {
  return (allowedOf(column)?.includes(operator) ?? true) && fitsType(operator, column.type);
}

/** What a value by itself means: equal, or the one thing that the column can ask. */
function bareOperator(column: ColumnState): Operator {
  const allowed = allowedOf(column);
  return allowed && !allowed.includes("==") && allowed.length === 1 ? (allowed[0] as Operator) : "==";
}

const one = (operator: Operator, value: Json): TestState => ({ operator, value });

function readRange(text: string, type: string): { low: Json; high: Json; lowIn: boolean; highIn: boolean } | null {
  const found = /^([[\](]?)\s*(.+?)\s*\.\.\s*(.+?)\s*([\])[]?)$/s.exec(text);
  if (!found) return null;
  const [, opens = "", from = "", to = "", closes = ""] = found;
  if ((opens === "") !== (closes === "")) return null;
  const low = readLiteral(from, type);
  const high = readLiteral(to, type);
  if (low === undefined || high === undefined || low === null || high === null) return null;
  return { low, high, lowIn: opens === "[" || opens === "", highIn: closes === "]" || closes === "" };
}

function rangeTests(text: string, column: ColumnState): Tests | null {
  const range = readRange(text, column.type);
  if (!range) return null;
  const { low, high, lowIn, highIn } = range;
  if (lowIn && highIn && (mayUse(column, "between") || !mayUse(column, ">="))) return [one("between", [low, high])];
  return [one(lowIn ? ">=" : ">", low), one(highIn ? "<=" : "<", high)];
}

function readValues(text: string, type: string): Json[] | null {
  const values = splitOutside(text, /,/).map((part) => readLiteral(part, type));
  return values.some((value) => value === undefined || value === null) ? null : (values as Json[]);
}

function negatedTests(text: string, column: ColumnState): Tests | null {
  const inner = /^not\s*\((.*)\)$/s.exec(text)?.[1]?.trim();
  if (inner === undefined) return null;
  const range = readRange(inner, column.type);
  if (range) return range.lowIn && range.highIn ? [one("notBetween", [range.low, range.high])] : null;
  const values = readValues(inner, column.type);
  if (!values || inner === "") return null;
  const [only = null] = values;
  return [values.length === 1 ? one("!=", only) : one("notIn", values)];
}

function betweenTests(rest: string, operator: Operator, type: string): Tests | null {
  const parts = splitOutside(rest, /\s+and\s+|\.\.|,/i).map((part) => readLiteral(part, type));
  const [low, high] = parts;
  if (parts.length !== 2 || low === undefined || high === undefined) return null;
  return [one(operator, [low, high])];
}

function signedTests(text: string, column: ColumnState): Tests | null {
  const found = readOperator(text);
  if (!found) return null;
  const { operator, rest } = found;
  // The fault is told then, and not what follows.
  if (!fitsType(operator, column.type)) return [{ operator }];
  if (operator === "isEmpty" || operator === "isNotEmpty") return rest === "" ? [{ operator }] : null;
  if (operator === "between" || operator === "notBetween") return betweenTests(rest.replace(/^[[(](.*)[\])]$/s, "$1"), operator, column.type);
  if (operator === "in" || operator === "notIn") {
    const values = readValues(rest.replace(/^[[(](.*)[\])]$/s, "$1"), column.type);
    return values && rest !== "" ? [one(operator, values)] : null;
  }
  // A list contains anything; a pattern is text.
  const type = operator === "contains" && column.type === "list" ? "any" : operator === "matches" && !rest.startsWith('"') ? "pattern" : column.type;
  const value = type === "pattern" ? rest : readLiteral(rest, type);
  return value === undefined || rest === "" ? null : [one(operator, value)];
}

function simpleTests(text: string, column: ColumnState): Tests | null {
  const parts = splitOutside(text, /\s+and\s+/i);
  if (parts.length > 1 && parts.every((part) => readOperator(part))) {
    const each = parts.map((part) => signedTests(part, column));
    return each.some((tests) => tests === null) ? null : each.flatMap((tests) => tests ?? []);
  }
  const known = signedTests(text, column) ?? negatedTests(text, column) ?? rangeTests(text, column);
  if (known) return known;
  if (readOperator(text)) return null;
  const value = readLiteral(text, column.type);
  if (value !== undefined) return [one(value === null ? "==" : bareOperator(column), value)];
  const values = readValues(text, column.type);
  return values ? [one("in", values)] : null;
}

function faultOf(tests: Tests, column: ColumnState): string | null {
  const allowed = allowedOf(column);
  for (const { operator, value } of tests) {
    if (operator === "matches" && typeof value === "string" && !isPattern(value)) return _("“{text}” is no pattern.", { text: value });
    if (operator === undefined || mayUse(column, operator as Operator)) continue;
    if (allowed && !allowed.includes(operator)) {
      return _("This column takes only {operators}.", { operators: allowed.map((each) => operatorText(each as Operator, true)).join("  ") });
    }
    return _("“{operator}” cannot be asked of this type.", { operator: operatorText(operator as Operator, true) });
  }
  return null;
}

/** The server has other words in brackets (`(?i)`): of those it is the judge. */
function isPattern(text: string): boolean {
  if (text.includes("(?")) return true;
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** What a text asks of its column; nothing and “-” ask nothing. */
export function readCondition(typed: string, column: ColumnState): Read {
  const text = typed.trim();
  if (text === "" || text === "-" || text === "–") return { cell: null };
  const comma = column.type === "number" ? commaInCondition(text) : null;
  if (comma !== null) return { fault: comma };
  const tests = simpleTests(text, column);
  if (tests) {
    const fault = faultOf(tests, column);
    return fault === null ? { cell: tests } : { fault };
  }
  const missing = temporalFault(text, column.type);
  if (missing !== null) return { fault: missing };
  const open = unfinished(text);
  if (open !== null) return { fault: _("Something is missing behind {sign}.", { sign: open }) };
  return { cell: [{ feel: text }] };
}

/** The first way to write it that is understood as the same. */
function understood(texts: readonly string[], tests: Tests, column: ColumnState): string {
  const fits = (text: string): boolean => {
    const read = readCondition(text, column);
    return "cell" in read && same(read.cell, tests as Json);
  };
  return texts.find(fits) ?? texts.at(-1) ?? "";
}

function rangeText(tests: Tests): string | null {
  const [low, high] = tests;
  if (tests.length !== 2 || !low || !high) return null;
  const opens = { ">=": "[", ">": "(" }[String(low["operator"])];
  const closes = { "<=": "]", "<": ")" }[String(high["operator"])];
  return opens && closes ? `${opens}${plain(low["value"])}..${plain(high["value"])}${closes}` : null;
}

function plain(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

function listText(values: readonly Json[], type: string, bare: boolean): string {
  return values.map((value) => (bare ? literalTexts(value, type)[0] : literalTexts(value, type).at(-1))).join(", ");
}

/** Ways to write one test, the tidiest first. */
function testTexts({ feel, operator, value = null }: TestState, column: ColumnState, pretty: boolean): string[] {
  if (typeof feel === "string") return [feel];
  const sign = operatorText(operator as Operator, pretty);
  const values = isList(value) ? value : [value];
  switch (operator as Operator) {
    case "isEmpty":
    case "isNotEmpty":
      return [sign];
    case "in":
      return [...(values.length > 1 ? [listText(values, column.type, true), listText(values, column.type, false)] : []), `${sign} (${listText(values, column.type, false)})`];
    case "notIn":
      return [...(values.length > 1 ? [`not(${listText(values, column.type, true)})`, `not(${listText(values, column.type, false)})`] : []), `${sign} (${listText(values, column.type, false)})`];
    case "between":
      return [`${plain(values[0])}..${plain(values[1])}`, `${sign} ${listText(values, column.type, false)}`];
    case "notBetween":
      return [`not(${plain(values[0])}..${plain(values[1])})`, `${sign} ${listText(values, column.type, false)}`];
    default: {
      const texts = literalTexts(value, column.type);
      return [...texts, ...texts.map((text) => `${sign} ${text}`)];
    }
  }
}

/** The tests of a cell as text; `pretty` for reading, else for typing on. */
export function writeCondition(cell: Json | undefined, column: ColumnState, pretty = false): string {
  const tests = isList(cell) ? (cell as Tests) : [];
  const [only] = tests;
  if (!only) return "";
  if (tests.length === 1) return understood(testTexts(only, column, pretty), tests, column);
  const range = rangeText(tests);
  const each = tests.map((test) => testTexts(test, column, pretty).at(-1) ?? "").join(" and ");
  return range === null ? each : understood([range, each], tests, column);
}
