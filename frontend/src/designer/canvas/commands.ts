/** Every command of the canvas. */
import { Spline } from "lucide-react";
import { _ } from "../../lib/i18n";
import type { Command } from "../commands/command";
import { dialogAtom } from "../state/panels";
import { arrangeCommands } from "./commands-arrange";
import { editCommands } from "./commands-edit";
import { viewCommands } from "./commands-view";
import { nodePorts } from "./flow-nodes";
import { onlySelected } from "./part";

const connectCommand: Command = {
  id: "canvas.connect", group: "edit", icon: Spline, keys: ["c"], title: () => _("Connect to …"), words: () => _("link edge wire"),
  enabled: (context) => {
    const node = onlySelected(context);
    return !context.readOnly && node !== undefined && nodePorts(context.designer.catalogue.get(node.type), node).outputs.length > 0;
  },
  run: (context) => {
    const node = onlySelected(context);
    if (node) context.atoms.set(dialogAtom, { kind: "connect", node: node.id });
  },
};

export const canvasCommands: readonly Command[] = [...editCommands, connectCommand, ...arrangeCommands, ...viewCommands];
