/** An earlier run in the editor: its data become those that parts of the draft run with. */
import { nodeOf } from "../../doc";
import { _ } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { DataItem } from "../data/types";
import { pin } from "../inspector/data/pinning";
import { editOf } from "../model/edit";
import { mayWriteAtom } from "../state/mode";
import { backToDraft, type RunContext } from "./actions";
import { shownRunAtom, sourceRunAtom } from "./atoms";
import { keys } from "./keys";
import type { NodeRowFull } from "./server";

export function debugHere(context: RunContext): void {
  const shown = context.atoms.get(shownRunAtom);
  if (!shown) return;
  backToDraft(context);
  context.atoms.set(sourceRunAtom, shown.execution);
  const pinned = pinTrigger(context, shown.execution);
  toast(pinned ? _("What the trigger gave is pinned, and parts of the workflow run with the data of this run.") : _("Parts of the workflow now run with the data of this run."), "info");
}

/** What began the run begins the next ones too, until it is unpinned or undone. */
function pinTrigger({ designer, atoms }: RunContext, execution: string): boolean {
  const first = designer.queries.getQueryData<readonly NodeRowFull[]>(keys.nodes(execution))?.find(({ execution_order }) => execution_order === 0);
  const node = first && nodeOf(designer.document.store.state(), first.node_id);
  const items = first && Object.values((first.output ?? {}) as Record<string, readonly DataItem[]>).find(({ length }) => length > 0);
  if (!node || !items || !atoms.get(mayWriteAtom) || designer.catalogue.get(node.type)?.is_trigger !== true) return false;
  pin(editOf(designer, false), node.id, items);
  return true;
}
