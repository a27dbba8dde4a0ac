/** Every command of the table designer. */
import { finder } from "../../commands/run";
import { columnCommands } from "./columns";
import type { Command } from "./command";
import { editCommands } from "./edit";
import { ruleCommands } from "./rules";
import { viewCommands } from "./view";

export const commands: readonly Command[] = [...editCommands, ...ruleCommands, ...columnCommands, ...viewCommands];

export const commandOf = finder(commands);
