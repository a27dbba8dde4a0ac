/**
 * A command is what a person can do. Shortcuts, the command palette, menus and the help page of a designer are made of
 * one table of them, so whatever can be done has a name, and its key is written down once.
 */
import type { LucideIcon } from "lucide-react";

/** `Context` is what the commands of one designer work with. */
export interface Command<Context, Group extends string = string> {
  readonly id: string;
  /** In the imperative: “Duplicate”. */
  readonly title: () => string;
  readonly group: Group;
  /** `mod` is Ctrl, on a Mac ⌘: `["mod+z"]`, `["n"]`, `["shift+1"]`. */
  readonly keys?: readonly string[];
  /** The browser has an event of its own for the keys (copy, paste): they are shown, not bound. */
  readonly native?: boolean;
  /** The keys also work in a field of the page, where the browser has no use for them. */
  readonly whileTyping?: boolean;
  /** The keys work only while the focus is inside of what this selector finds. */
  readonly within?: string;
  readonly icon?: LucideIcon;
  /** Words that also find it. */
  readonly words?: () => string;
  /** False: shown, but grey. */
  readonly enabled?: (context: Context) => boolean;
  /** False: not shown at present. */
  readonly shown?: (context: Context) => boolean;
  readonly run: (context: Context) => void | Promise<void>;
}

export interface Grouped<Context, Group extends string = string> {
  readonly group: Group;
  readonly commands: readonly Command<Context, Group>[];
}

export function isEnabled<Context>(command: Command<Context>, context: Context): boolean {
  return (command.shown?.(context) ?? true) && (command.enabled?.(context) ?? true);
}

/** Groups that have commands, in this order. */
export function groupedBy<Context, Group extends string>(order: readonly Group[], commands: readonly Command<Context, Group>[]): readonly Grouped<Context, Group>[] {
  return order.map((group) => ({ group, commands: commands.filter((command) => command.group === group) })).filter((each) => each.commands.length > 0);
}
