/** Undo and redo in the top bar. */
import { Redo2, Undo2 } from "lucide-react";
import type { OpenDocument } from "../doc";
import { _ } from "../lib/i18n";
import { IconButton } from "../ui/Button";
import { useHistoryOf } from "./hooks";

interface TakeBackProps<State> {
  readonly document: OpenDocument<State>;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function TakeBack<State>({ document, undo, redo }: TakeBackProps<State>) {
  const { undoable, redoable } = useHistoryOf(document);
  const undoLabel = undoable === null ? _("Undo") : _("Undo: {what}", { what: undoable });
  const redoLabel = redoable === null ? _("Redo") : _("Redo: {what}", { what: redoable });
  return (
    <>
      <IconButton icon={<Undo2 size={16} />} label={undoLabel} keys="Mod+Z" disabled={undoable === null} onClick={undo} />
      <IconButton icon={<Redo2 size={16} />} label={redoLabel} keys="Mod+Shift+Z" disabled={redoable === null} onClick={redo} />
    </>
  );
}
