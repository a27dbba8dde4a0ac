/** Menus made of the table of commands. */
import { createElement } from "react";
import type { MenuEntry } from "../../ui/Menu";
import { isEnabled, runCommand, useCommandContext } from "./use-commands";
import { commandOf } from "./table";

export const LINE = "-";

/** Entries for commands by id, in this order; `-` is a line. What is not shown at present is left out. */
export function useCommandMenu(): (ids: readonly string[]) => MenuEntry[] {
  const contextNow = useCommandContext();
  return (ids) => {
    const context = contextNow();
    return ids.flatMap((id): MenuEntry[] => {
      if (id === LINE) return ["separator"];
      const command = commandOf(id);
      if (command.shown?.(context) === false) return [];
      const icon = command.icon && createElement(command.icon, { size: 14, "aria-hidden": true });
      return [{ label: command.title(), icon, keys: command.keys?.[0], disabled: !isEnabled(command, context), onSelect: () => void runCommand(command, contextNow()) }];
    });
  };
}
