/** Keys of the card that has the focus; everything else is in the table of commands. */
import { useStore } from "jotai";
import { useCallback, type KeyboardEvent } from "react";
import { selectionAtom, selectionOf } from "../state/selection";

export function useCardKeys(): (event: KeyboardEvent) => void {
  const atoms = useStore();
  return useCallback(
    (event) => {
      const card = event.target as HTMLElement;
      const id = card.dataset["id"];
      if (id === undefined || !card.matches(".react-flow__node")) return;
      const { nodes } = atoms.get(selectionAtom);
      if (event.key === " ") {
        event.preventDefault();
        const others = [...nodes].filter((other) => other !== id);
        atoms.set(selectionAtom, selectionOf(nodes.has(id) ? others : [...others, id]));
        return;
      }
      // A command that follows is about the card that has the focus.
      const isCommand = event.key.length === 1 || ["Enter", "Delete", "Backspace", "F2", "F10", "ContextMenu"].includes(event.key);
      if (isCommand && !event.ctrlKey && !event.metaKey && !event.altKey && !nodes.has(id)) atoms.set(selectionAtom, selectionOf([id]));
    },
    [atoms],
  );
}
