/** Running commands from keys, menus and buttons. */
import { createElement, useEffect } from "react";
import { toast } from "../shell/toasts";
import type { MenuEntry } from "../ui/Menu";
import { isEnabled, type Command } from "./command";
import { isInLayer, pressed, pressesTarget, takesTyping } from "./keys";

/** What goes wrong is told. */
export async function runCommand<Context>(command: Command<Context>, context: Context): Promise<void> {
  if (!isEnabled(command, context)) return;
  try {
    await command.run(context);
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), "error");
  }
}

/** Every shortcut of the table, while nothing takes the typing, and those that nobody types. */
export function useKeys<Context>(commands: readonly Command<Context>[], contextNow: () => Context): void {
  useEffect(() => {
    const byKey = new Map(commands.filter(({ native }) => !native).flatMap((command) => (command.keys ?? []).map((key) => [key, command] as const)));
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || pressesTarget(event)) return;
      const command = byKey.get(pressed(event));
      if (!command || (command.whileTyping ? isInLayer(event.target) : takesTyping(event.target))) return;
      if (command.within !== undefined && !isWithin(event.target, command.within)) return;
      const context = contextNow();
      if (!isEnabled(command, context)) return;
      event.preventDefault();
      void runCommand(command, context);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [commands, contextNow]);
}

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

export const LINE = "-";

/** Menu entries for commands by id, in this order; `-` is a line. What is not shown at present is left out. */
export function menuOf<Context>(ids: readonly string[], commandOf: (id: string) => Command<Context>, contextNow: () => Context): MenuEntry[] {
  const context = contextNow();
  return ids.flatMap((id): MenuEntry[] => {
    if (id === LINE) return ["separator"];
    const command = commandOf(id);
    if (command.shown?.(context) === false) return [];
    const icon = command.icon && createElement(command.icon, { size: 14, "aria-hidden": true });
    return [{ label: command.title(), icon, keys: command.keys?.[0], disabled: !isEnabled(command, context), onSelect: () => void runCommand(command, contextNow()) }];
  });
}

/** Finds commands by id; throws for an id that nobody registered: a menu that names it would have a dead entry. */
export function finder<Context, Group extends string>(commands: readonly Command<Context, Group>[]): (id: string) => Command<Context, Group> {
  const byId = new Map(commands.map((command) => [command.id, command]));
  return (id) => {
    const command = byId.get(id);
    if (!command) throw new Error(`There is no command ${id}.`);
    return command;
  };
}
