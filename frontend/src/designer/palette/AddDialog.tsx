/** Which node is to be added: found by typing, in groups, only those that fit where it goes. */
import { useAtom } from "jotai";
import { useState } from "react";
import { nameOf } from "../../doc";
import { _ } from "../../lib/i18n";
import { Dialog } from "../../ui/Dialog";
import { addNode, fits } from "../canvas/adding";
import { foundGroups } from "../catalogue/groups";
import { useCommandContext } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { useNode, useNodes } from "../model/hooks";
import { dialogAtom, type AddTarget } from "../state/panels";
import { Chooser } from "./Chooser";
import { TypeRow } from "./TypeRow";

export function AddDialog() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  if (dialog?.kind !== "add") return null;
  return <Open target={dialog.target} close={() => setDialog(null)} />;
}

function Open({ target, close }: { readonly target: AddTarget; readonly close: () => void }) {
  const { catalogue } = useDesigner();
  const contextNow = useCommandContext();
  const nodes = useNodes();
  const [query, setQuery] = useState("");
  const neighbour = useNode(target.after?.node ?? target.before?.node ?? "");
  const hasTrigger = nodes.some(({ type }) => catalogue.get(type)?.is_trigger);
  const found = foundGroups(catalogue.all.filter((type) => fits(type, target)), query);
  // Every workflow begins with a trigger; later they are wanted rarely.
  const ordered = hasTrigger ? [...found.slice(1), ...found.slice(0, 1)] : found;
  const groups = (found[0]?.types[0]?.is_trigger ? ordered : found).map(({ name, types }) => ({
    name,
    choices: types.map((type) => ({ id: type.type, content: <TypeRow type={type} /> })),
  }));
  const pick = (id: string): void => {
    const type = catalogue.get(id);
    close();
    // The dialog gives the focus back first.
    if (type) setTimeout(() => addNode(contextNow(), type, target));
  };
  return (
    <Dialog open size="m" className="add-dialog" title={titleOf(target, neighbour ? nameOf(neighbour) : "")} onClose={close}>
      <Chooser label={_("Search steps")} query={query} onQuery={setQuery} groups={groups} onPick={pick} empty={_("No step is found by these words. Try “http”, “table” or “code”.")} />
    </Dialog>
  );
}

function titleOf(target: AddTarget, name: string): string {
  if (target.on !== undefined) return _("Insert a step");
  if (target.after) return _("Add behind “{name}”", { name });
  return target.before ? _("Add before “{name}”", { name }) : _("Add a step");
}
