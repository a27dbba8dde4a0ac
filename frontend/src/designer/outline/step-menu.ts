/** What can be done with a step, from the table of commands. */
import { useSetAtom } from "jotai";
import { LINE, useCommandMenu } from "../commands/menu";
import { _ } from "../../lib/i18n";
import type { MenuEntry } from "../../ui/Menu";
import { dialogAtom } from "../state/panels";

const COMMANDS = [LINE, "run.node", "run.here", "run.until", LINE, "add.node", "canvas.connect", "canvas.rename", "canvas.disable", "node.pin", "canvas.copy", "canvas.duplicate", LINE, "canvas.delete"];

/** The entries for the selected step; `id` is the one that “Open” means. */
export function useStepMenu(): (id: string) => MenuEntry[] {
  const openDialog = useSetAtom(dialogAtom);
  const menuOf = useCommandMenu();
  return (id) => [{ label: _("Open"), onSelect: () => openDialog({ kind: "node", id }) }, ...menuOf(COMMANDS)];
}
