/** Which lines of a log are shown. */
import { _ } from "../../lib/i18n";
import type { LogLine } from "./server";

export type LevelChoice = "" | "info" | "warning" | "error";

/** From this level on. */
export const LEVELS: readonly { readonly value: LevelChoice; readonly label: () => string }[] = [
  { value: "", label: () => _("All levels") },
  { value: "info", label: () => _("Info and above") },
  { value: "warning", label: () => _("Warnings and errors") },
  { value: "error", label: () => _("Only errors") },
];
const ORDER = ["debug", "info", "warning", "error", "critical"];

export function fittingLines(lines: readonly LogLine[], level: LevelChoice, text: string): readonly LogLine[] {
  const least = level === "" ? 0 : ORDER.indexOf(level);
  const wanted = text.trim().toLocaleLowerCase();
  if (least === 0 && wanted === "") return lines;
  return lines.filter((line) => ORDER.indexOf(line.level) >= least && `${line.node_name} ${line.message}`.toLocaleLowerCase().includes(wanted));
}
