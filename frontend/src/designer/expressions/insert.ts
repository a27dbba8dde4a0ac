/** How an expression is written at a place: in a block as it is, beside blocks in braces of its own. Pure. */
import { blockAt } from "./blocks";
import type { EditorMode } from "./editor/options";
import { isExpression, toExpression } from "./mode";
import { blockText } from "./path";

export function insertedText(text: string, position: number, expression: string, mode: EditorMode): string {
  if (mode === "javascript" || mode === "python") return expression;
  return blockAt(text, position) ? expression : blockText(expression);
}

/** A fixed text with an expression put in; so it becomes an expression itself. */
export function insertedInFixed(value: string, from: number, to: number, expression: string): string {
  const changed = value.slice(0, from) + blockText(expression) + value.slice(to);
  return isExpression(changed) ? changed : toExpression(changed);
}

/** Whether the blocks of a value are expressions. Scripts have none: they are expressions altogether. */
export function hasBlocks(mode: EditorMode, value: string): boolean {
  if (mode === "template") return true;
  return mode !== "javascript" && mode !== "python" && isExpression(value);
}
