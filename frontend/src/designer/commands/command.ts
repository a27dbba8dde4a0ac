/**
 * A command is what a person can do. Shortcuts, the command palette, menus and the help page are made of one table
 * (`table.ts`), so whatever can be done has a name, and its key is written down once.
 */
import type { ReactFlowInstance } from "@xyflow/react";
import type { createStore } from "jotai";
import type { LucideIcon } from "lucide-react";
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

export interface Command {
  readonly id: string;
  /** In the imperative: “Duplicate”. */
  readonly title: () => string;
  readonly group: CommandGroup;
  /** `mod` is Ctrl, on a Mac ⌘: `["mod+z"]`, `["n"]`, `["shift+1"]`. */
  readonly keys?: readonly string[];
  /** The browser has an event of its own for the keys (copy, paste): they are shown, not bound. */
  readonly native?: boolean;
  /** The keys also work in a field of the page, where the browser has no use for them. */
  readonly whileTyping?: boolean;
  readonly icon?: LucideIcon;
  /** Words that also find it. */
  readonly words?: () => string;
  /** False: shown, but grey. */
  readonly enabled?: (context: CommandContext) => boolean;
  /** False: not shown at present. */
  readonly shown?: (context: CommandContext) => boolean;
  readonly run: (context: CommandContext) => void | Promise<void>;
}
