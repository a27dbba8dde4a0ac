/** Copies or cuts by the browser's own event, so that it works wherever the keys do. */
import { _ } from "../lib/i18n";
import { toast } from "../shell/toasts";

export function byBrowser(what: "copy" | "cut"): void {
  if (!document.execCommand(what)) toast(_("The browser does not allow this. Use the keys instead."), "warning");
}
