/** Commands as people look for them. */
import type { Command, CommandContext, CommandGroup } from "../commands/command";
import { isEnabled } from "../commands/use-commands";
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

export interface Grouped {
  readonly group: CommandGroup;
  readonly commands: readonly Command[];
}

export function grouped(commands: readonly Command[]): readonly Grouped[] {
  return ORDER.map((group) => ({ group, commands: commands.filter((command) => command.group === group) })).filter((each) => each.commands.length > 0);
}

/** Those that do something now. */
export function available(commands: readonly Command[], context: CommandContext): readonly Command[] {
  return commands.filter((command) => isEnabled(command, context));
}
