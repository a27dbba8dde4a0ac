/** What can be done with the selected step and its inspector. */
import { ArrowLeft, ArrowRight, Maximize2, PanelRight, Pin } from "lucide-react";
import { nodeOf } from "../../doc";
import { isList } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { Command, CommandContext } from "../commands/command";
import { shownRunAtom } from "../runs/atoms";
import { keys } from "../runs/keys";
import { readNodes } from "../runs/server";
import { dialogAtom, inspectorAtom } from "../state/panels";
import { onlyNodeAtom, selectionAtom, selectionOf } from "../state/selection";
import { beside } from "./data/around";
import { itemsAt, portNames } from "./data/items";
import { pin, unpin } from "./data/pinning";

const only = ({ atoms }: CommandContext) => atoms.get(onlyNodeAtom);
const onlyStep = (context: CommandContext) => {
  const node = nodeOf(context.designer.document.store.state(), only(context) ?? "");
  return node && !context.designer.catalogue.get(node.type)?.inert ? node : undefined;
};

function open(context: CommandContext): void {
  const node = onlyStep(context);
  if (node) context.atoms.set(dialogAtom, { kind: "node", id: node.id });
}

function go(way: "before" | "behind") {
  return (context: CommandContext) => {
    const other = beside(context.designer.document.store.state(), only(context) ?? "", way);
    if (other) context.atoms.set(selectionAtom, selectionOf([other]));
  };
}

const canGo = (way: "before" | "behind") => (context: CommandContext) => beside(context.designer.document.store.state(), only(context) ?? "", way) !== null;

/** Pins what the step put out last, or takes the pinned data away. */
async function togglePin(context: CommandContext): Promise<void> {
  const node = onlyStep(context);
  if (!node) return;
  if (isList(node["pinned_data"])) return unpin(context.edit, node.id);
  const execution = context.atoms.get(shownRunAtom)?.execution;
  const rows = execution ? await context.designer.queries.fetchQuery({ queryKey: keys.nodes(execution), queryFn: () => readNodes(execution) }) : [];
  const output = rows.findLast(({ node_id }) => node_id === node.id)?.output;
  const items = portNames(["main"], [output]).map((port) => itemsAt(output, port)).find((found) => found.length > 0);
  if (items) pin(context.edit, node.id, items);
  else toast(_("There are no data to pin: run the step first."), "info");
}

export const inspectorCommands: readonly Command[] = [
  { id: "node.open", group: "view", icon: Maximize2, keys: ["enter"], title: () => _("Open the step"), words: () => _("parameters input output data"), enabled: (context) => onlyStep(context) !== undefined, run: open },
  { id: "node.inspector", group: "view", icon: PanelRight, keys: ["i"], title: () => _("Inspector"), words: () => _("parameters side panel"), run: ({ atoms }) => atoms.set(inspectorAtom, (shown) => !shown) },
  { id: "node.pin", group: "edit", icon: Pin, keys: ["p"], title: () => _("Pin or unpin data"), words: () => _("freeze mock sample"), enabled: (context) => !context.readOnly && onlyStep(context) !== undefined, run: togglePin },
  { id: "node.next", group: "view", icon: ArrowRight, keys: ["]"], title: () => _("Go to the next step"), enabled: canGo("behind"), run: go("behind") },
  { id: "node.previous", group: "view", icon: ArrowLeft, keys: ["["], title: () => _("Go to the step before"), enabled: canGo("before"), run: go("before") },
];
