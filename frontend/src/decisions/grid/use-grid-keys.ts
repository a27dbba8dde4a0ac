/** Keys that move through the grid and begin typing; the others are commands. */
import { useCallback, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import { takesTyping } from "../../commands/keys";
import type { CommandContext } from "../commands/command";
import { toggleBoolean } from "./toggle";
import { beginEditing } from "./begin";
import { selectionAtom, within, type Place } from "./selection";
import type { Show } from "./use-showing";

const PAGE = 20;
/** What keys are called while signs are put together of several, as in Chinese and Japanese. */
const COMPOSING: ReadonlySet<string> = new Set(["Process", "Unidentified"]);

/** Where a key leads; null: nowhere. */
function target(event: KeyboardEvent, { view, selection }: CommandContext): Place | null {
  const { row, column } = selection.cursor;
  const mod = event.ctrlKey || event.metaKey;
  const rtl = document.dir === "rtl" ? -1 : 1;
  const last = { row: Math.max(0, view.rules.length - 1), column: view.columns.length - 1 };
  switch (event.key) {
    case "ArrowDown":
      return { row: mod ? last.row : row + 1, column };
    case "ArrowUp":
      return { row: mod ? 0 : row - 1, column };
    case "ArrowRight":
      return { row, column: mod ? last.column : column + rtl };
    case "ArrowLeft":
      return { row, column: mod ? 0 : column - rtl };
    case "PageDown":
      return { row: row + PAGE, column };
    case "PageUp":
      return { row: row - PAGE, column };
    case "Home":
      return { row: mod ? 0 : row, column: 0 };
    case "End":
      return { row: mod ? last.row : row, column: last.column };
    default:
      return null;
  }
}

function isPrintable(event: KeyboardEvent): boolean {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}

function space(event: KeyboardEvent, context: CommandContext): boolean {
  if (event.key !== " ") return false;
  if (event.shiftKey) {
    context.atoms.set(selectionAtom, { ...context.selection, rows: true });
    return true;
  }
  return toggleBoolean(context);
}

export function useGridKeys(contextNow: () => CommandContext, show: Show): (event: KeyboardEvent) => void {
  return useCallback(
    (event) => {
      if (event.defaultPrevented || takesTyping(event.target) || !(event.target as Element).closest("[data-cell]")) return;
      const context = contextNow();
      const { view, selection, atoms } = context;
      if (COMPOSING.has(event.key)) {
        // The field takes over before the first sign is put together.
        flushSync(() => beginEditing(context, ""));
        return;
      }
      const place = event.altKey ? null : target(event, context);
      if (place) {
        const cursor = within(place, view.rows, view.columns.length);
        const stays = event.shiftKey;
        atoms.set(selectionAtom, { anchor: stays ? selection.anchor : cursor, cursor, rows: stays && selection.rows });
        show(cursor.row, cursor.column);
      } else if (event.key === "Escape") {
        atoms.set(selectionAtom, { anchor: selection.cursor, cursor: selection.cursor, rows: false });
        return;
      } else if (!space(event, context)) {
        if (!isPrintable(event) || !beginEditing(context, event.key)) return;
      }
      event.preventDefault();
    },
    [contextNow, show],
  );
}
