/** Commands that change cells, and take changes back. */
import { ClipboardPaste, Copy, Eraser, PaintBucket, Pencil, Redo2, Scissors, Undo2 } from "lucide-react";
import type { Undone } from "../../doc";
import { byBrowser } from "../../document/by-browser";
import { _ } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import { chosenRules, clearCells, fillDown, pasteText, say } from "../grid/actions";
import { isEditable } from "../grid/columns";
import { beginEditing } from "../grid/begin";
import { hasTextStep, undoTexts } from "../grid/text-steps";
import { IN_GRID, type Command, type CommandContext } from "./command";

const writable = ({ readOnly }: CommandContext): boolean => !readOnly;
export const hasRules = (context: CommandContext): boolean => chosenRules(context).length > 0;
export const mayChange = (context: CommandContext): boolean => writable(context) && hasRules(context);
const mayType = (context: CommandContext): boolean => writable(context) && isEditable(context.view.columns[context.selection.cursor.column]);

function told(context: CommandContext, outcome: Undone, words: (label: string) => string): void {
  if (outcome.done) say(context, words(outcome.label));
  else toast(outcome.refusal.message, "warning");
}

function undone(context: CommandContext): Undone {
  const label = undoTexts(context);
  return label === null ? context.model.document.history.undo() : { done: true, label };
}

async function pasteFromClipboard(context: CommandContext): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => null);
  if (text === null || text === undefined) return toast(_("The browser does not let the page read the clipboard. Paste with the keys instead."), "info");
  pasteText(context, text);
}

export const editCommands: readonly Command[] = [
  {
    id: "edit.undo", group: "edit", icon: Undo2, keys: ["mod+z"], title: () => _("Undo"), words: () => _("take back revert"),
    enabled: (context) => writable(context) && (context.model.document.history.undoable !== null || hasTextStep(context)),
    run: (context) => told(context, undone(context), (label) => _("Undone: {label}.", { label })),
  },
  {
    id: "edit.redo", group: "edit", icon: Redo2, keys: ["mod+shift+z", "mod+y"], title: () => _("Redo"),
    enabled: (context) => writable(context) && context.model.document.history.redoable !== null,
    run: (context) => told(context, context.model.document.history.redo(), (label) => _("Redone: {label}.", { label })),
  },
  { id: "cell.edit", group: "edit", icon: Pencil, keys: ["enter", "f2"], within: IN_GRID, title: () => _("Edit the cell"), enabled: mayType, run: (context) => beginEditing(context) },
  { id: "cell.cut", group: "edit", icon: Scissors, keys: ["mod+x"], native: true, title: () => _("Cut"), enabled: mayChange, run: () => byBrowser("cut") },
  { id: "cell.copy", group: "edit", icon: Copy, keys: ["mod+c"], native: true, title: () => _("Copy"), words: () => _("excel spreadsheet"), enabled: hasRules, run: () => byBrowser("copy") },
  { id: "cell.paste", group: "edit", icon: ClipboardPaste, keys: ["mod+v"], native: true, title: () => _("Paste"), words: () => _("excel spreadsheet"), enabled: writable, run: pasteFromClipboard },
  { id: "cell.fill", group: "edit", icon: PaintBucket, keys: ["mod+d"], within: IN_GRID, title: () => _("Fill down"), enabled: mayChange, run: fillDown },
  { id: "cell.clear", group: "edit", icon: Eraser, keys: ["delete", "backspace"], within: IN_GRID, title: () => _("Clear cells"), enabled: mayChange, run: (context) => clearCells(context, _("Clear cells")) },
];
