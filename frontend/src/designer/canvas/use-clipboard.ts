/** The browser's own copy, cut and paste: they need no permission, also without HTTPS. */
import { useEffect } from "react";
import { _ } from "../../lib/i18n";
import { takesTyping } from "../../commands/keys";
import { useCommandContext } from "../commands/use-commands";
import { copiedText, pasteText, removeSelected, sayCopied } from "./clipboard";

export function useClipboard(): void {
  const contextNow = useCommandContext();
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => {
      if (isElsewhere(event)) return;
      const context = contextNow();
      const text = copiedText(context);
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", text);
      sayCopied(context);
      if (event.type === "cut") removeSelected(context, _("Cut"));
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "" || event.defaultPrevented || takesTyping(event.target)) return;
      event.preventDefault();
      void pasteText(contextNow(), text);
    };
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [contextNow]);
}

/** In a field, or with text marked on the page, copying means that text. */
function isElsewhere(event: ClipboardEvent): boolean {
  const marked = getSelection();
  return event.defaultPrevented || takesTyping(event.target) || (marked !== null && !marked.isCollapsed);
}
