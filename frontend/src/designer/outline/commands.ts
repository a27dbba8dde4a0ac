import { ListTree } from "lucide-react";
import type { Command } from "../commands/command";
import { _ } from "../../lib/i18n";
import { focusStep } from "../canvas/reveal";
import { viewAtom } from "../state/panels";

export const outlineCommands: readonly Command[] = [
  {
    id: "view.outline",
    title: () => _("Outline instead of canvas"),
    group: "view",
    icon: ListTree,
    keys: ["o"],
    words: () => _("tree list text screen reader"),
    run: ({ atoms, selection }) => {
      atoms.set(viewAtom, (view) => (view === "canvas" ? "outline" : "canvas"));
      const [id] = selection.nodes;
      if (id !== undefined) setTimeout(() => focusStep(id));
    },
  },
];
