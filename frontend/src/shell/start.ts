import { startCopyButtons } from "./copy";
import { startDialogs } from "./dialogs";
import { startDropZones, startFilePickers, startFilters, startSendOnce, startTickAll } from "./forms";
import { startLive } from "./live";
import { startMenus } from "./menus";
import { showRelativeTimes } from "./relative-time";
import { startShortcuts } from "./shortcuts";
import { startThemeButtons } from "./theme";
import { startToasts } from "./toasts";

const CLOCK_MS = 30_000;

/** Everything that templates may ask for by data attributes; every page works without it. */
export function startShell(): void {
  startThemeButtons();
  startCopyButtons();
  startDialogs();
  startMenus();
  startFilters();
  startFilePickers();
  startDropZones();
  startSendOnce();
  startTickAll();
  startShortcuts();
  startToasts();
  startLive();
  showRelativeTimes();
  setInterval(showRelativeTimes, CLOCK_MS);
}
