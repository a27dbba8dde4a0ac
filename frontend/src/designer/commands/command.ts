/** What the commands of the workflow designer work with. */
import type { ReactFlowInstance } from "@xyflow/react";
import type { createStore } from "jotai";
import type { Command as AnyCommand } from "../../commands/command";
import type { Designer } from "../model/designer";
import type { Edit } from "../model/edit";
import type { Selection } from "../state/selection";

export interface CommandContext {
  readonly designer: Designer;
  readonly atoms: ReturnType<typeof createStore>;
  readonly edit: Edit;
  readonly selection: Selection;
  readonly readOnly: boolean;
  /** Null while no canvas is shown (outline, narrow window). */
  readonly flow: ReactFlowInstance | null;
}

export type CommandGroup = "add" | "edit" | "arrange" | "view" | "run" | "workflow" | "help";
export type Command = AnyCommand<CommandContext, CommandGroup>;
