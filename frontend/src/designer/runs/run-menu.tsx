/** The ways to run, as a menu. */
import { useAtomValue, useStore } from "jotai";
import { nameOf } from "../../doc";
import { _ } from "../../lib/i18n";
import type { MenuEntry } from "../../ui/Menu";
import { commandOf } from "../commands/table";
import { isEnabled, useCommandContext, useRun } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { useNodes } from "../model/hooks";
import { selectionAtom } from "../state/selection";
import { run, tell } from "./actions";
import { runStateAtom, shownRunAtom } from "./atoms";
import { triggersOf } from "./trigger-data";

const WAYS = ["run.all", "run.data", "run.dry"];
const PARTS = ["run.here", "run.until", "run.node"];

export function useRunMenu(): readonly MenuEntry[] {
  const designer = useDesigner();
  const start = useRun();
  const atoms = useStore();
  const contextNow = useCommandContext();
  const nodes = useNodes();
  // What a command may do depends on these.
  useAtomValue(selectionAtom);
  useAtomValue(runStateAtom);
  useAtomValue(shownRunAtom);
  const context = contextNow();
  const entry = (id: string): MenuEntry => {
    const command = commandOf(id);
    const Icon = command.icon;
    return {
      label: command.title(),
      icon: Icon && <Icon size={14} aria-hidden="true" />,
      keys: command.keys?.[0],
      disabled: !isEnabled(command, context),
      onSelect: () => start(id),
    };
  };
  const triggers = triggersOf({ ...designer.document.store.state(), nodes }, designer.catalogue);
  const choices: MenuEntry[] =
    triggers.length < 2
      ? []
      : [
          "separator",
          { heading: _("Begin at") },
          ...triggers.map((node) => ({ label: nameOf(node), onSelect: () => void run({ designer, atoms }, { trigger_node: node.id }).catch(tell) })),
        ];
  const listens = commandOf("run.listen").shown?.(context) ? (["separator", entry("run.listen")] as MenuEntry[]) : [];
  return [...WAYS.map(entry), "separator", ...PARTS.map(entry), ...listens, ...choices];
}
