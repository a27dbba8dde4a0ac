/** Commands as people look for them. */
import type { Command, CommandContext, CommandGroup } from "../commands/command";
import { groupedBy, isEnabled, type Grouped as AnyGrouped } from "../../commands/command";
import { _ } from "../../lib/i18n";

const ORDER: readonly CommandGroup[] = ["run", "add", "edit", "arrange", "view", "workflow", "help"];

export function groupName(group: CommandGroup): string {
  switch (group) {
    case "run":
      return _("Run");
    case "add":
      return _("Add");
    case "edit":
      return _("Edit");
    case "arrange":
      return _("Arrange");
    case "view":
      return _("View");
    case "workflow":
      return _("Workflow");
    case "help":
      return _("Help");
  }
}

export type Grouped = AnyGrouped<CommandContext, CommandGroup>;

export function grouped(commands: readonly Command[]): readonly Grouped[] {
  return groupedBy(ORDER, commands);
}

/** Those that do something now. */
export function available(commands: readonly Command[], context: CommandContext): readonly Command[] {
  return commands.filter((command) => isEnabled(command, context));
}
