/** What the commands of the table designer work with. */
import type { createStore } from "jotai";
import type { Command as AnyCommand } from "../../commands/command";
import type { TableState } from "../../doc";
import type { Selection } from "../grid/selection";
import type { GridView } from "../grid/view";
import type { Edit } from "../state/edit";
import type { TableModel } from "../state/model";

export interface CommandContext {
  readonly model: TableModel;
  readonly atoms: ReturnType<typeof createStore>;
  readonly edit: Edit;
  readonly readOnly: boolean;
  readonly state: TableState;
  readonly view: GridView;
  readonly selection: Selection;
}

export type CommandGroup = "edit" | "rules" | "columns" | "view" | "table" | "help";
export type Command = AnyCommand<CommandContext, CommandGroup>;

/** Keys of commands on cells work only in the grid. */
export const IN_GRID = ".decision-grid";
