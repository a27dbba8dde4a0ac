/** The browser's own copy, cut and paste while a cell has the focus. */
import { useEffect, type RefObject } from "react";
import { takesTyping } from "../../commands/keys";
import { _ } from "../../lib/i18n";
import type { CommandContext } from "../commands/command";
import { clearCells, copiedText, pasteText, say } from "./actions";

export function useGridClipboard(scroller: RefObject<HTMLElement | null>, contextNow: () => CommandContext): void {
  useEffect(() => {
    // Menus give the focus back to the cell before their command runs.
    const isHere = (): boolean => !takesTyping(document.activeElement) && (scroller.current?.contains(document.activeElement) ?? false);
    const copy = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || !isHere()) return;
      const context = contextNow();
      event.preventDefault();
      event.clipboardData?.setData("text/plain", copiedText(context));
      say(context, _("Copied."));
      if (event.type === "cut" && !context.readOnly) clearCells(context, _("Cut"));
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "" || event.defaultPrevented || !isHere()) return;
      event.preventDefault();
      const context = contextNow();
      if (!context.readOnly) pasteText(context, text);
    };
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [scroller, contextNow]);
}
