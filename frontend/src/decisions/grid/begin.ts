/** Opening a cell for typing. */
import type { CommandContext } from "../commands/command";
import { isEditable } from "./columns";
import { editingAtom, faultyAtom } from "./editing";
import { typedText } from "./texts";

/** `text`: what was typed on the cell, in the place of what it has. */
export function beginEditing({ atoms, view, selection, readOnly }: CommandContext, text?: string): boolean {
  const { row, column: at } = selection.cursor;
  const column = view.columns[at];
  if (readOnly || !column || !isEditable(column) || row >= view.rows) return false;
  const rule = view.rules[row];
  const present = rule ? (atoms.get(faultyAtom).get(rule.id)?.get(column.key)?.text ?? typedText(rule, column)) : "";
  atoms.set(editingAtom, { row, column: at, rule: rule?.id ?? null, key: column.key, text: text ?? present });
  return true;
}
