/** What can be done with a step, from the table of commands. */
import { _ } from "../../lib/i18n";
import type { MenuEntry } from "../../ui/Menu";
import type { Command } from "../commands/command";
import { commands } from "../commands/table";
import { isEnabled, runCommand, useCommandContext } from "../commands/use-commands";

const OF_ONE: readonly (readonly string[])[] = [
  ["node.open", "run.node", "run.until", "run.here"],
  ["canvas.rename", "canvas.duplicate", "canvas.copy", "canvas.disable", "node.pin"],
  ["canvas.delete"],
];
const OF_MANY: readonly (readonly string[])[] = [
  ["canvas.duplicate", "canvas.copy", "canvas.disable"],
  ["canvas.align-left", "canvas.align-center", "canvas.align-right", "canvas.align-top", "canvas.align-middle", "canvas.align-bottom", "canvas.distribute-horizontal", "canvas.distribute-vertical"],
  ["canvas.delete"],
];

export type CommandEntry = Exclude<MenuEntry, string | { readonly heading: string }> & { readonly id: string };

/** The commands of a selection in groups; those that are not shown at present are left out. */
export function useNodeCommands(many: boolean): readonly (readonly CommandEntry[])[] {
  const contextNow = useCommandContext();
  const context = contextNow();
  const entry = (command: Command): CommandEntry => {
    const Icon = command.icon;
    return {
      id: command.id,
      label: command.title(),
      icon: Icon && <Icon size={14} aria-hidden="true" />,
      keys: command.keys?.[0],
      danger: command.id === "canvas.delete",
      disabled: !isEnabled(command, context),
      onSelect: () => void runCommand(command, contextNow()),
    };
  };
  const shown = (id: string) => commands.filter((command) => command.id === id && (command.shown?.(context) ?? true));
  return (many ? OF_MANY : OF_ONE).map((ids) => ids.flatMap(shown).map(entry)).filter((group) => group.length > 0);
}

export function menuOf(groups: readonly (readonly CommandEntry[])[]): readonly MenuEntry[] {
  return groups.flatMap((group, at): readonly MenuEntry[] => (at > 0 ? ["separator", ...group] : group));
}

export const MORE = () => _("More for this step");
