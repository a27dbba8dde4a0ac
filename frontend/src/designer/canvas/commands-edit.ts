/** Commands that change what is selected, and take changes back. */
import { ClipboardPaste, Copy, CopyPlus, Pencil, Power, Redo2, Scissors, Trash2, Undo2 } from "lucide-react";
import { gestures, nodeOf, type Undone } from "../../doc";
import { byBrowser } from "../../document/by-browser";
import { _ } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { Command, CommandContext } from "../commands/command";
import { renamingAtom, writingAtom } from "../state/canvas";
import { duplicateSelected, pasteText, removeSelected } from "./clipboard";
import { NOTE } from "./flow-nodes";
import { onlySelected, say, selectedIds, stateOf, wordsFor } from "./part";

const writable = ({ readOnly }: CommandContext): boolean => !readOnly;
const hasNodes = (context: CommandContext): boolean => context.selection.nodes.size > 0;
const mayChangeNodes = (context: CommandContext): boolean => writable(context) && hasNodes(context);
const mayRemove = ({ readOnly, selection }: CommandContext): boolean => !readOnly && selection.nodes.size + selection.edges.size > 0;

function told(context: CommandContext, outcome: Undone, words: (label: string) => string): void {
  if (outcome.done) say(context, words(outcome.label));
  else toast(outcome.refusal.message, "warning");
}

async function pasteFromClipboard(context: CommandContext): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => null);
  if (text === null || text === undefined) return toast(_("The browser does not let the page read the clipboard. Paste with the keys instead."), "info");
  await pasteText(context, text);
}

function toggleDisabled(context: CommandContext): void {
  const nodes = selectedIds(context).flatMap((id) => nodeOf(stateOf(context), id) ?? []).filter(({ type }) => type !== NOTE);
  const disable = nodes.some((node) => node["disabled"] !== true);
  const words = wordsFor(context, nodes.map(({ id }) => id));
  const done = context.edit((state) => nodes.flatMap(({ id }) => gestures.setField(state, id, "disabled", disable)), { label: disable ? _("Disable") : _("Enable") });
  if (done) say(context, disable ? _("Disabled {what}.", { what: words }) : _("Enabled {what}.", { what: words }));
}

function rename(context: CommandContext): void {
  const node = onlySelected(context);
  if (node) context.atoms.set(node.type === NOTE ? writingAtom : renamingAtom, node.id);
}

export const editCommands: readonly Command[] = [
  {
    id: "edit.undo", group: "edit", icon: Undo2, keys: ["mod+z"], title: () => _("Undo"), words: () => _("take back revert"),
    enabled: (context) => writable(context) && context.designer.document.history.undoable !== null,
    run: (context) => told(context, context.designer.document.history.undo(), (label) => _("Undone: {label}.", { label })),
  },
  {
    id: "edit.redo", group: "edit", icon: Redo2, keys: ["mod+shift+z", "mod+y"], title: () => _("Redo"),
    enabled: (context) => writable(context) && context.designer.document.history.redoable !== null,
    run: (context) => told(context, context.designer.document.history.redo(), (label) => _("Redone: {label}.", { label })),
  },
  { id: "canvas.cut", group: "edit", icon: Scissors, keys: ["mod+x"], native: true, title: () => _("Cut"), enabled: mayChangeNodes, run: () => byBrowser("cut") },
  { id: "canvas.copy", group: "edit", icon: Copy, keys: ["mod+c"], native: true, title: () => _("Copy"), enabled: hasNodes, run: () => byBrowser("copy") },
  {
    id: "canvas.paste", group: "edit", icon: ClipboardPaste, keys: ["mod+v"], native: true, title: () => _("Paste"), words: () => _("n8n clipboard json"),
    enabled: writable, run: pasteFromClipboard,
  },
  { id: "canvas.duplicate", group: "edit", icon: CopyPlus, keys: ["mod+d"], title: () => _("Duplicate"), enabled: mayChangeNodes, run: duplicateSelected },
  { id: "canvas.rename", group: "edit", icon: Pencil, keys: ["f2"], title: () => _("Rename"), enabled: (context) => writable(context) && onlySelected(context) !== undefined, run: rename },
  { id: "canvas.disable", group: "edit", icon: Power, keys: ["d"], title: () => _("Disable or enable"), words: () => _("deactivate skip"), enabled: mayChangeNodes, run: toggleDisabled },
  {
    id: "canvas.delete", group: "edit", icon: Trash2, keys: ["delete", "backspace"], title: () => _("Delete"), words: () => _("remove disconnect"),
    enabled: mayRemove, run: (context) => removeSelected(context, _("Delete")),
  },
];
