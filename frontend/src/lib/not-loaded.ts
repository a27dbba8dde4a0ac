import { _ } from "./i18n";
import { toast } from "../shell/toasts";

/** For parts that are loaded when they are needed, without a connection. */
export function tellNotLoaded(): void {
  toast(_("This part of the page could not be loaded. Look whether there is a connection, and try again."), "error");
}
