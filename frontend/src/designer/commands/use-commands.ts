/** Running commands from keys, menus and buttons. */
import { useStore } from "jotai";
import { useCallback, useEffect } from "react";
import { toast } from "../../shell/toasts";
import { useDesigner } from "../model/designer";
import { editOf } from "../model/edit";
import { flowAtom } from "../state/flow";
import { readOnlyAtom } from "../state/mode";
import { selectionAtom } from "../state/selection";
import type { Command, CommandContext } from "./command";
import { isInLayer, pressed, pressesTarget, takesTyping } from "./keys";
import { commandOf, commands } from "./table";

export function useCommandContext(): () => CommandContext {
  const designer = useDesigner();
  const atoms = useStore();
  return useCallback(() => {
    const readOnly = atoms.get(readOnlyAtom);
    return {
      designer,
      atoms,
      readOnly,
      edit: editOf(designer, readOnly),
      selection: atoms.get(selectionAtom),
      flow: atoms.get(flowAtom),
    };
  }, [designer, atoms]);
}

export function isEnabled(command: Command, context: CommandContext): boolean {
  return (command.shown?.(context) ?? true) && (command.enabled?.(context) ?? true);
}

/** Run a command by its id; what goes wrong is told. */
export function useRun(): (id: string) => void {
  const contextNow = useCommandContext();
  return useCallback((id) => void runCommand(commandOf(id), contextNow()), [contextNow]);
}

export async function runCommand(command: Command, context: CommandContext): Promise<void> {
  if (!isEnabled(command, context)) return;
  try {
    await command.run(context);
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), "error");
  }
}

/** Every shortcut of the table, while nothing takes the typing, and those that nobody types. */
export function useKeymap(): void {
  const contextNow = useCommandContext();
  useEffect(() => {
    const byKey = new Map(commands.filter(({ native }) => !native).flatMap((command) => (command.keys ?? []).map((key) => [key, command] as const)));
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || pressesTarget(event)) return;
      const command = byKey.get(pressed(event));
      if (!command || (command.whileTyping ? isInLayer(event.target) : takesTyping(event.target))) return;
      const context = contextNow();
      if (!isEnabled(command, context)) return;
      event.preventDefault();
      void runCommand(command, context);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [contextNow]);
}
