/** Commands that add. */
import { Plus, StickyNote } from "lucide-react";
import { _ } from "../../lib/i18n";
import { addNote, askForNode, usualTarget } from "../canvas/adding";
import { pointOfPointer } from "../canvas/part";
import type { Command } from "../commands/command";
import { paletteAtom } from "../state/panels";

export const paletteCommands: readonly Command[] = [
  { id: "add.node", group: "add", icon: Plus, keys: ["n"], title: () => _("Add a step"), words: () => _("new node trigger"), enabled: ({ readOnly }) => !readOnly, run: (context) => askForNode(context, usualTarget(context)) },
  { id: "canvas.note", group: "add", icon: StickyNote, keys: ["shift+s"], title: () => _("Add a note"), words: () => _("sticky comment text"), shown: ({ flow }) => flow !== null, enabled: ({ readOnly }) => !readOnly, run: (context) => addNote(context, pointOfPointer(context)) },
  {
    id: "add.on-edge", group: "add", icon: Plus, title: () => _("Insert a step here"), shown: ({ selection }) => selection.edges.size === 1 && selection.nodes.size === 0,
    enabled: ({ readOnly }) => !readOnly,
    run: (context) => {
      const [on] = context.selection.edges;
      if (on !== undefined) askForNode(context, { position: null, on });
    },
  },
  { id: "palette.toggle", group: "view", keys: ["b"], title: () => _("List of steps"), words: () => _("palette sidebar"), run: ({ atoms }) => atoms.set(paletteAtom, (shown) => !shown) },
];
