/** Commands that change what is seen. */
import { CircleHelp, Command as CommandIcon, Filter, Settings2, TextSelect } from "lucide-react";
import { _ } from "../../lib/i18n";
import { selectionAtom } from "../grid/selection";
import { dialogAtom, filterOpenAtom, settingsOpenAtom } from "../state/atoms";
import { IN_GRID, type Command, type CommandContext } from "./command";

function selectAll({ atoms, view, selection }: CommandContext): void {
  const last = { row: Math.max(0, view.rules.length - 1), column: Math.max(0, view.columns.length - 1) };
  atoms.set(selectionAtom, { ...selection, anchor: { row: 0, column: 0 }, cursor: last, rows: false });
}

export const viewCommands: readonly Command[] = [
  { id: "view.all", group: "view", icon: TextSelect, keys: ["mod+a"], within: IN_GRID, title: () => _("Select all"), run: selectAll },
  {
    id: "view.filter", group: "view", icon: Filter, keys: ["mod+f"], title: () => _("Filter rules"), words: () => _("search find"),
    run: ({ atoms }) => atoms.set(filterOpenAtom, true),
  },
  {
    id: "table.settings", group: "table", icon: Settings2, title: () => _("Hit policy and defaults"), words: () => _("settings aggregation collect unique first"),
    run: ({ atoms }) => atoms.set(settingsOpenAtom, true),
  },
  {
    id: "help.commands", group: "help", icon: CommandIcon, keys: ["mod+k"], whileTyping: true, title: () => _("Find a command"),
    run: ({ atoms }) => atoms.set(dialogAtom, { kind: "commands" }),
  },
  { id: "help.shortcuts", group: "help", icon: CircleHelp, keys: ["?"], title: () => _("Shortcuts"), run: ({ atoms }) => atoms.set(dialogAtom, { kind: "shortcuts" }) },
];
