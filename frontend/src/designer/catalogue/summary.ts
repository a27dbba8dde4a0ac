/**
 * The one line on a node's card, from its type's template: `"{method} {url} · {format}"`.
 * A part (between " · ") is left out when one of its names has nothing to show, or its parameter does not apply.
 * `{fields.name}` takes the member of every entry of a list. Choices show the words for people.
 */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];
type Values = Readonly<Record<string, unknown>>;
type Declared = Pick<Schemas["NodeParameter"], "name" | "default_value"> &
  Partial<Pick<Schemas["NodeParameter"], "options" | "display_if">> & { fields?: readonly unknown[] };
export type SummarizedType = { summary: string; parameters: readonly Declared[] };

/** A card shows one short line; more would only be cut by the eye. */
export const MAX_SUMMARY = 120;
const SEPARATOR = " · ";
const NAME = /\{([^{}]*)\}/g;

/** The line for a node with these parameters; "" when there is nothing to tell. */
export function summaryOf(nodeType: SummarizedType, parameters: Values): string {
  const parts = nodeType.summary.split(SEPARATOR).map((part) => filled(part, nodeType.parameters, parameters));
  const line = parts.filter((part) => part !== "").join(SEPARATOR);
  return line.length > MAX_SUMMARY ? `${line.slice(0, MAX_SUMMARY - 1).trimEnd()}…` : line;
}

function filled(part: string, declared: readonly Declared[], given: Values): string {
  let missing = false;
  const text = part.replace(NAME, (_, path: string) => {
    const found = wordsAt(path.split("."), declared, given);
    missing ||= found === "";
    return found;
  });
  return missing ? "" : text;
}

function wordsAt(path: readonly string[], declared: readonly Declared[], given: Values): string {
  const [name = "", ...rest] = path;
  const parameter = declared.find((one) => one.name === name);
  if (parameter === undefined || !applies(parameter, declared, given)) return "";
  return words(given[name] ?? parameter.default_value, rest, parameter);
}

/** Whether a parameter has a meaning beside the others, as `display_if` says. */
function applies(parameter: Declared, declared: readonly Declared[], given: Values): boolean {
  return Object.entries(parameter.display_if ?? {}).every(([other, values]) => {
    const fallback = declared.find((one) => one.name === other)?.default_value;
    return values.includes(given[other] ?? fallback);
  });
}

function words(value: unknown, path: readonly string[], parameter: Declared | undefined): string {
  if (Array.isArray(value)) {
    const texts = value.map((entry: unknown) => words(entry, path, parameter));
    return texts.filter((text) => text !== "").join(", ");
  }
  const [name, ...rest] = path;
  if (name === undefined) return worded(value, parameter);
  if (typeof value !== "object" || value === null) return "";
  const member = (parameter?.fields as readonly Declared[] | undefined)?.find((one) => one.name === name);
  return words((value as Values)[name], rest, member);
}

function worded(value: unknown, parameter: Declared | undefined): string {
  const option = parameter?.options?.find((one) => one.value === value);
  if (option !== undefined) return option.name;
  if (typeof value === "number") return String(value);
  // One line: an expression without its mark, a text without its breaks.
  return typeof value === "string" ? value.replace(/^=/, "").replace(/\s+/g, " ").trim() : "";
}
