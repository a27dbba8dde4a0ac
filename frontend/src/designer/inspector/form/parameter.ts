/** A declared parameter, and what follows from its declaration alone. Pure. */
import type { NodeState } from "../../../doc";
import { isObject, member, same, type Json, type JsonObject } from "../../../doc/json";
import type { NodeParameter } from "../../catalogue/catalogue";

export type { NodeParameter };

/** The members of a `collection`, or of each entry of a `list`. */
export function fieldsOf(parameter: NodeParameter): readonly NodeParameter[] {
  return (parameter.fields ?? []) as unknown as readonly NodeParameter[];
}

export function defaultOf(parameter: NodeParameter): Json {
  return parameter.default_value as Json;
}

/** Whether the parameter has a meaning beside these given ones, of which it is one of the `declared`; as the server says it. */
export function isShown(parameter: NodeParameter, given: JsonObject, declared: readonly NodeParameter[]): boolean {
  return Object.entries(parameter.display_if).every(([name, values]) => {
    const other = declared.find((each) => each.name === name);
    const value = member(given, name) ?? (other ? defaultOf(other) : null);
    return values.some((wanted) => same(wanted as Json, value));
  });
}

/** Parameters whose value is made of other values: no text of theirs is a template by itself. */
const COMPOSITE: ReadonlySet<string> = new Set(["collection", "list", "conditions", "assignments"]);

export function isComposite(parameter: NodeParameter): boolean {
  return COMPOSITE.has(parameter.type);
}

/** A new entry of a list: its defaults are left out, for the server knows them. */
export function newEntry(parameter: NodeParameter): JsonObject {
  const required = fieldsOf(parameter).filter((field) => field.required && defaultOf(field) === null);
  return Object.fromEntries(required.map((field) => [field.name, isComposite(field) ? (field.type === "list" || field.type === "assignments" ? [] : {}) : ""]));
}

/** Texts that usually have several lines. */
export function isLong(parameter: NodeParameter, value: Json | undefined): boolean {
  if (typeof value === "string" && value.includes("\n")) return true;
  const most = parameter.validation["max_length"];
  return (typeof most === "number" && most > 2_000) || /(^|_)(text|html|body|message|content|template|thanks)$/.test(parameter.name);
}

export function limitOf(parameter: NodeParameter, rule: string): number | undefined {
  const limit = parameter.validation[rule];
  return typeof limit === "number" ? limit : undefined;
}

/** Language of the editor of a `code` parameter. */
export function codeMode(type: string, parameter: NodeParameter, given: JsonObject): "javascript" | "python" | "sql" | "json" | "html" | "markdown" {
  if (type === "code" && parameter.name === "code") return given["language"] === "python" ? "python" : "javascript";
  if (parameter.name === "query") return "sql";
  if (parameter.name === "markdown") return "markdown";
  if (type === "json") return "json";
  return "html";
}

const NOTHING: JsonObject = {};

/** What is stored of a node's parameters. */
export function parametersOf(node: NodeState): JsonObject {
  const parameters = node["parameters"];
  return isObject(parameters) ? parameters : NOTHING;
}
