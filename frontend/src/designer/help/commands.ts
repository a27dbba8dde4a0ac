import { CircleHelp, Command as CommandIcon } from "lucide-react";
import type { Command } from "../commands/command";
import { _ } from "../../lib/i18n";
import { dialogAtom } from "../state/panels";

export const helpCommands: readonly Command[] = [
  {
    id: "help.commands",
    title: () => _("Find a command or a step"),
    group: "help",
    icon: CommandIcon,
    keys: ["mod+k"],
    whileTyping: true,
    run: ({ atoms }) => atoms.set(dialogAtom, { kind: "commands" }),
  },
  {
    id: "help.shortcuts",
    title: () => _("Shortcuts"),
    group: "help",
    icon: CircleHelp,
    keys: ["?"],
    run: ({ atoms }) => atoms.set(dialogAtom, { kind: "shortcuts" }),
  },
];
