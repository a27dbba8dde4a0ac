/** Every command of the designer. A part of it adds its own list here. */
import { finder } from "../../commands/run";
import { canvasCommands } from "../canvas/commands";
import { caseCommands } from "../cases/commands";
import { helpCommands } from "../help/commands";
import { inspectorCommands } from "../inspector/commands";
import { lifeCommands } from "../life/commands";
import { outlineCommands } from "../outline/commands";
import { paletteCommands } from "../palette/commands";
import { runCommands } from "../runs/commands";
import type { Command } from "./command";

export const commands: readonly Command[] = [
  ...paletteCommands,
  ...canvasCommands,
  ...inspectorCommands,
  ...runCommands,
  ...caseCommands,
  ...lifeCommands,
  ...outlineCommands,
  ...helpCommands,
];

/** Throws for an id that nobody registered. */
export const commandOf = finder(commands);

/** Whether there is a command with this id: for menus that are made of several parts' commands. */
export function isKnown(id: string): boolean {
  return commands.some((command) => command.id === id);
}
