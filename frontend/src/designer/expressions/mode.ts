/** Fixed value or expression: a text that begins with `=` is a template, any other value is taken as it is. Pure. */
import type { Json } from "../../data-view/rows";
import { blocksOf } from "./blocks";

const MARK = "=";

export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.startsWith(MARK);
}

/** The template that stands for a fixed value: texts stay texts, everything else becomes one block. */
export function toExpression(value: Json | undefined): string {
  if (isExpression(value)) return value;
  if (value === undefined || value === null) return MARK;
  return typeof value === "string" ? MARK + value : `${MARK}{{ ${JSON.stringify(value)} }}`;
}

/**
 * The fixed value that a template stands for: a block that holds nothing but JSON gives its value, anything else its
 * text. The text never begins with `=`, which would make it an expression again.
 */
export function toFixed(value: Json): Json {
  if (!isExpression(value)) return value;
  const text = templateText(value);
  const literal = literalOf(text);
  return literal === undefined ? text.replace(/^=+/, "") : literal;
}

/** What the editor of a template shows. */
export function templateText(value: string): string {
  return isExpression(value) ? value.slice(MARK.length) : value;
}

/** What is stored for the text in the editor of a template. */
export function templateValue(text: string): string {
  return MARK + text;
}

function literalOf(text: string): Json | undefined {
  const [block, ...more] = blocksOf(text);
  if (!block?.closed || more.length > 0 || block.from !== 0 || block.to !== text.length) return undefined;
  try {
    const value = JSON.parse(text.slice(block.innerFrom, block.innerTo)) as Json;
    return typeof value === "string" ? undefined : value;
  } catch {
    return undefined;
  }
}
