/** Running the table designer's commands from keys, menus and buttons. */
import { useStore } from "jotai";
import { useCallback } from "react";
import { menuOf, runCommand, useKeys } from "../../commands/run";
import type { MenuEntry } from "../../ui/Menu";
import { selectionAtom } from "../grid/selection";
import { viewAtom } from "../grid/view";
import { readOnlyAtom } from "../state/atoms";
import { editOf } from "../state/edit";
import { useTableModel } from "../state/model";
import { shownTableAtom } from "../state/shown";
import type { CommandContext } from "./command";
import { commandOf, commands } from "./table";

export function useCommandContext(): () => CommandContext {
  const model = useTableModel();
  const atoms = useStore();
  return useCallback(() => {
    const readOnly = atoms.get(readOnlyAtom);
    return {
      model,
      atoms,
      readOnly,
      edit: editOf(model, readOnly),
      state: atoms.get(shownTableAtom) ?? model.document.store.state(),
      view: atoms.get(viewAtom),
      selection: atoms.get(selectionAtom),
    };
  }, [model, atoms]);
}

/** Run a command by its id. */
export function useRun(): (id: string) => void {
  const contextNow = useCommandContext();
  return useCallback((id) => void runCommand(commandOf(id), contextNow()), [contextNow]);
}

export function useKeymap(): void {
  useKeys(commands, useCommandContext());
}

/** Entries for commands by id, in this order; `-` is a line. */
export function useCommandMenu(): (ids: readonly string[]) => MenuEntry[] {
  const contextNow = useCommandContext();
  return (ids) => menuOf(ids, commandOf, contextNow);
}
