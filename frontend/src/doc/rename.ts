/** Other names of nodes in what refers to them. Pure. */
import { isList, isObject, type Json, type JsonObject } from "./json";
import { LIMITS } from "./operations";
import { scanCode, scanTemplate, type Language, type Reference } from "./references";
import type { NodeState } from "./workflow/state";

export type Names = ReadonlyMap<string, string>;

function literal(name: string, quote: Reference["quote"]): string {
  const text = JSON.stringify(name);
  if (quote === '"') return text;
  if (quote === ".") return `[${text}]`;
  const inner = text.slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`);
  return `${quote}${quote === "`" ? inner.replaceAll("${", "\\${") : inner}${quote}`;
}

function replaced(text: string, references: readonly Reference[], names: Names): string {
  let result = "";
  let at = 0;
  for (const { from, to, name, quote } of references) {
    const next = names.get(name);
    if (next === undefined || next === name) continue;
    // `$node?.Name` keeps its question mark.
    result += text.slice(at, from) + (quote === "." && text[from - 1] === "?" ? "." : "") + literal(next, quote);
    at = to;
  }
  return result + text.slice(at);
}

export function renameInCode(source: string, names: Names, language: Language = "javascript"): string {
  return replaced(source, scanCode(source, language), names);
}

export function renameInText(text: string, names: Names): string {
  return replaced(text, scanTemplate(text), names);
}

/** The language of a parameter that holds code, null for any other. */
function languageOf(node: JsonObject, keys: readonly string[]): Language | null {
  if (node["type"] !== "code" || keys.length !== 1 || keys[0] !== "code") return null;
  const { parameters } = node;
  return isObject(parameters ?? null) && (parameters as JsonObject)["language"] === "python" ? "python" : "javascript";
}

function renamed(node: JsonObject, value: Json, keys: readonly string[], names: Names): Json {
  if (typeof value === "string") {
    const language = languageOf(node, keys);
    return language ? renameInCode(value, names, language) : renameInText(value, names);
  }
  if (isList(value)) {
    const next = value.map((entry, at) => renamed(node, entry, [...keys, String(at)], names));
    return next.every((entry, at) => entry === value[at]) ? value : next;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const next = entries.map(([name, entry]) => [name, renamed(node, entry, [...keys, name], names)] as const);
  return next.every(([, entry], at) => entry === entries[at]?.[1]) ? value : Object.fromEntries(next);
}

/** A condition is code, also without `=` and braces. */
function renameInCondition(text: string, names: Names): string {
  return text.startsWith("=") ? renameInText(text, names) : renameInCode(text, names);
}

/** The node with other names in its parameters and its condition; itself when it refers to none of them. */
export function renameInNode(node: NodeState, names: Names): NodeState {
  const parameters = renamed(node, node["parameters"] ?? null, [], names);
  const condition = node["run_if"];
  const next = typeof condition === "string" ? renameInCondition(condition, names) : condition;
  let result = node;
  if (parameters !== null && parameters !== node["parameters"]) result = { ...result, parameters };
  if (next !== undefined && next !== condition) result = { ...result, run_if: next };
  return result;
}

/** The places at which two parameters differ, each as deep as an operation's path may lead. */
export function changedPlaces(before: Json, after: Json, keys: readonly string[] = []): [readonly string[], Json][] {
  if (before === after) return [];
  const bothLists = isList(before) && isList(after);
  if (keys.length >= LIMITS.depth || !(bothLists || (isObject(before) && isObject(after)))) return [[keys, after]];
  const left = before as unknown as JsonObject;
  const right = after as unknown as JsonObject;
  return Object.keys(right).flatMap((name) => changedPlaces(left[name] ?? null, right[name] ?? null, [...keys, name]));
}
