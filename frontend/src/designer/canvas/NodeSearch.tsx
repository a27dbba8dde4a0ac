/** Nodes found by what they are called, what they are, and what stands in their parameters; chosen, the canvas goes there. */
import { useAtom } from "jotai";
import { useMemo, useState } from "react";
import { _ } from "../../lib/i18n";
import { Dialog } from "../../ui/Dialog";
import { Tile } from "../../ui/Tile";
import { useCommandContext } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { useNodes } from "../model/hooks";
import { Chooser } from "../palette/Chooser";
import { dialogAtom } from "../state/panels";
import { foundNodes } from "./find-nodes";
import { goTo } from "./reveal";

export function NodeSearch() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  return dialog?.kind === "search" ? <Open close={() => setDialog(null)} /> : null;
}

function Open({ close }: { readonly close: () => void }) {
  const { catalogue } = useDesigner();
  const nodes = useNodes();
  const contextNow = useCommandContext();
  const [query, setQuery] = useState("");
  const found = useMemo(() => foundNodes(nodes, catalogue, query), [nodes, catalogue, query]);
  const types = new Map(nodes.map(({ id, type }) => [id, catalogue.get(type)]));
  const choices = found.map(({ id, name, type, where }) => ({
    id,
    content: (
      <>
        <Tile kind={types.get(id)?.color} icon={types.get(id)?.icon ?? "box"} />
        <span className="type-words">
          <bdi className="type-name">{name}</bdi>
          <bdi className="type-text">{where ? `${where.path}: ${where.text}` : type}</bdi>
        </span>
      </>
    ),
  }));
  const pick = (id: string): void => {
    close();
    setTimeout(() => goTo(contextNow(), id));
  };
  return (
    <Dialog open size="m" className="add-dialog" title={_("Find steps")} onClose={close}>
      <Chooser label={_("Search in this workflow")} query={query} onQuery={setQuery} groups={choices.length > 0 ? [{ name: _("Steps"), choices }] : []} onPick={pick} empty={_("No step has this in its name, its type or its parameters.")} />
    </Dialog>
  );
}
