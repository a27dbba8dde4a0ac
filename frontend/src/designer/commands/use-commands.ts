/** Running the designer's commands from keys, menus and buttons. */
import { useStore } from "jotai";
import { useCallback } from "react";
import { runCommand, useKeys } from "../../commands/run";
import { useDesigner } from "../model/designer";
import { editOf } from "../model/edit";
import { flowAtom } from "../state/flow";
import { readOnlyAtom } from "../state/mode";
import { selectionAtom } from "../state/selection";
import type { CommandContext } from "./command";
import { commandOf, commands } from "./table";

export { isEnabled } from "../../commands/command";
export { runCommand } from "../../commands/run";

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

/** Run a command by its id. */
export function useRun(): (id: string) => void {
  const contextNow = useCommandContext();
  return useCallback((id) => void runCommand(commandOf(id), contextNow()), [contextNow]);
}

export function useKeymap(): void {
  useKeys(commands, useCommandContext());
}
