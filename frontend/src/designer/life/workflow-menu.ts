/** The menu of the whole workflow: commands of the table, and ways to its other pages. */
import { useAtomValue } from "jotai";
import { LINE, useCommandMenu } from "../commands/menu";
import type { MenuEntry } from "../../ui/Menu";
import { _ } from "../../lib/i18n";
import { useDesigner } from "../model/designer";
import { viewAtom } from "../state/panels";

const LIFE = ["workflow.activate", "workflow.versions", "tests.open", "workflow.settings", LINE, "workflow.duplicate", "workflow.export", "workflow.import", LINE, "view.outline"];
const HELP = ["help.commands", "help.shortcuts", LINE];

/** Made when the menu is drawn, so that it shows what can be done now. */
export function useWorkflowMenu(): MenuEntry[] {
  const menuOf = useCommandMenu();
  const { id } = useDesigner().props.workflow;
  const isOutline = useAtomValue(viewAtom) === "outline";
  const life = menuOf(LIFE);
  const pages: MenuEntry[] = [
    { label: _("Overview"), onSelect: () => location.assign(`/workflows/${id}/overview/`) },
    { label: _("All runs"), onSelect: () => location.assign(`/executions/?workflow=${id}`) },
  ];
  const trash = menuOf(["workflow.delete"]).map((entry): MenuEntry => ({ ...(entry as object), danger: true }) as MenuEntry);
  return [...checkedLast(life, isOutline), ...menuOf(HELP), ...pages, ...(trash.length > 0 ? ["separator" as const, ...trash] : [])];
}

/** The last entry can be on or off. */
function checkedLast(entries: readonly MenuEntry[], checked: boolean): MenuEntry[] {
  return entries.map((entry, at) => (at === entries.length - 1 && typeof entry === "object" && "label" in entry ? { ...entry, checked } : entry));
}
