/** Yes and no by one key. */
import type { CommandContext } from "../commands/command";
import { isObject } from "../../doc/json";
import { valueIn } from "./texts";
import { typeInto } from "./write";

/** Yes, no, nothing, in turn. False where the cell is none of yes and no. */
export function toggleBoolean(context: CommandContext): boolean {
  const { row, column: at } = context.selection.cursor;
  const column = context.view.columns[at];
  if (context.readOnly || column?.kind !== "cell" || column.column.type !== "boolean") return false;
  const rule = context.view.rules[row];
  const cell = rule ? valueIn(rule, column) : null;
  const [test] = Array.isArray(cell) ? cell : [];
  const now: unknown = isObject(test) ? test["value"] : cell;
  typeInto(context, { row, column: at, text: now === true ? "false" : now === false ? "" : "true" });
  return true;
}
