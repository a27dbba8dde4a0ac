/** Connecting by the keyboard: the output, when there are several, then where it leads. */
import { useAtom } from "jotai";
import { useState } from "react";
import { gestures, nameOf, nodeOf, type NodeState } from "../../doc";
import { _ } from "../../lib/i18n";
import { Dialog } from "../../ui/Dialog";
import { Segmented } from "../../ui/Segmented";
import { Tile } from "../../ui/Tile";
import { entryLikeness } from "../../lib/fuzzy";
import { useCommandContext } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { useNode, useNodes } from "../model/hooks";
import { Chooser } from "../palette/Chooser";
import { dialogAtom } from "../state/panels";
import { whyNot, type WholeEnds } from "./connection-rules";
import { nodePorts } from "./flow-nodes";
import { say, stateOf } from "./part";
import { focusCard } from "./reveal";

export function ConnectDialog() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const node = useNode(dialog?.kind === "connect" ? dialog.node : "");
  return dialog?.kind === "connect" && node ? <Open node={node} close={() => setDialog(null)} /> : null;
}

function Open({ node, close }: { readonly node: NodeState; readonly close: () => void }) {
  const { catalogue } = useDesigner();
  const nodes = useNodes();
  const contextNow = useCommandContext();
  const [query, setQuery] = useState("");
  const { outputs } = nodePorts(catalogue.get(node.type), node);
  const [output, setOutput] = useState(outputs[0]?.name ?? "main");
  const ends = targets(nodes, (other) => nodePorts(catalogue.get(other.type), other).inputs.map(({ name }) => name), node.id, output);
  const possible = ends.filter((each) => whyNot(stateOf(contextNow()), catalogue, each) === null);
  const entries = possible.flatMap((each) => {
    const target = nodes.find(({ id }) => id === each.target);
    return target ? [{ each, target, port: each.target_input === "main" ? "" : each.target_input }] : [];
  });
  const choices = entries
    .filter(({ target, port }) => entryLikeness(query, [[nameOf(target), 2], [port, 1]]) > 0)
    .map(({ each, target, port }) => ({ id: `${each.target}/${each.target_input}`, content: <Target node={target} port={port} /> }));
  const pick = (id: string): void => {
    const chosen = possible.find((each) => `${each.target}/${each.target_input}` === id);
    close();
    if (chosen) setTimeout(() => connect(chosen));
  };
  const connect = (chosen: WholeEnds): void => {
    const context = contextNow();
    const target = nodeOf(stateOf(context), chosen.target);
    const done = context.edit((state) => gestures.connect(state, chosen), { label: _("Connect") });
    focusCard(context, node.id);
    if (done && target) say(context, _("Connected “{from}” to “{to}”.", { from: nameOf(node), to: nameOf(target) }));
  };
  return (
    <Dialog open size="m" className="add-dialog" title={_("Connect “{name}” to …", { name: nameOf(node) })} onClose={close}>
      {outputs.length > 1 && <Segmented label={_("Output")} value={output} onChange={setOutput} options={outputs.map(({ name }) => ({ value: name, label: name.replaceAll("_", " ") }))} />}
      <Chooser label={_("Search for the next step")} query={query} onQuery={setQuery} groups={choices.length > 0 ? [{ name: _("Leads to"), choices }] : []} onPick={pick} empty={_("There is nothing that this output could lead to.")} />
    </Dialog>
  );
}

function Target({ node, port }: { readonly node: NodeState; readonly port: string }) {
  const { catalogue } = useDesigner();
  const type = catalogue.get(node.type);
  return (
    <>
      <Tile kind={type?.color} icon={type?.icon ?? "box"} />
      <span className="type-words">
        <bdi className="type-name">{nameOf(node)}</bdi>
        <bdi className="type-text">{port === "" ? type?.name : _("{type} · input {port}", { type: type?.name ?? node.type, port: port.replaceAll("_", " ") })}</bdi>
      </span>
    </>
  );
}

function targets(nodes: readonly NodeState[], inputsOf: (node: NodeState) => readonly string[], source: string, output: string): WholeEnds[] {
  return nodes.flatMap((node) => inputsOf(node).map((target_input) => ({ source, source_output: output, target: node.id, target_input })));
}
