/** The mark of a fault in the text: one at most, told in words beside the field too. */
import { StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { EditorFault } from "./options";

export const setFaultEffect = StateEffect.define<EditorFault | null>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    const said = transaction.effects.find((effect) => effect.is(setFaultEffect));
    return said ? markOf(transaction.newDoc, said.value as EditorFault | null) : value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function faultMarks(): Extension {
  return marks;
}

function markOf(document: Text, fault: EditorFault | null): DecorationSet {
  if (!fault?.position) return Decoration.none;
  const { from, to } = rangeOf(document, fault.position.line, fault.position.column);
  if (from === to) return Decoration.none;
  return Decoration.set(Decoration.mark({ class: "cm-fault", attributes: { title: fault.message } }).range(from, to));
}

/** The word at a place. At the end of a line there is nothing to mark but the character before. */
function rangeOf(document: Text, lineNumber: number, column: number): { from: number; to: number } {
  const line = document.line(Math.min(Math.max(1, lineNumber), document.lines));
  const from = Math.min(line.from + Math.max(0, column - 1), line.to);
  const word = /^[\w$]+|^\S/.exec(document.sliceString(from, line.to))?.[0].length ?? 0;
  return { from: word === 0 ? Math.max(line.from, from - 1) : from, to: from + word };
}
