/** What goes into a step: what the steps before it put out. */
import { useState } from "react";
import { nameOf, type NodeState } from "../../../doc";
import { isList } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { EmptyState } from "../../../ui/EmptyState";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { DataPanel } from "../../data/DataPanel";
import { useShownGraph } from "../../model/shown";
import { useNodeRuns } from "../../runs/node-runs";
import { useDesigner } from "../../model/designer";
import { before, type Before } from "./around";
import { itemOf, itemsAt } from "./items";

export function InputData({ node }: { readonly node: NodeState }) {
  const { store } = useDesigner().document;
  const { nodes, connections } = useShownGraph();
  const [wanted, setWanted] = useState("");
  const sources = before({ ...store.state(), connections, nodes }, node.id);
  const keyOf = (each: Before) => `${each.node.id}:${each.output}:${each.input}`;
  const chosen = sources.find((each) => keyOf(each) === wanted) ?? sources[0];
  if (!chosen) return <EmptyState small level={3} title={_("Nothing comes in")} text={_("Connect a step before this one to see its data here.")} />;
  return (
    <div className="input-data">
      {sources.length > 1 && (
        <Field label={_("From")}>
          <Select value={keyOf(chosen)} onChange={setWanted} options={sources.map((each) => ({ value: keyOf(each), label: labelOf(each) }))} />
        </Field>
      )}
      <FromStep key={keyOf(chosen)} source={chosen} isOnly={sources.every(({ input }) => input === chosen.input)} node={node} />
    </div>
  );
}

function labelOf({ node, output, input }: Before): string {
  const ports = [output, input].filter((name) => name !== "main");
  return ports.length > 0 ? `${nameOf(node)} (${ports.join(" → ")})` : nameOf(node);
}

function FromStep({ source, node, isOnly }: { readonly source: Before; readonly node: NodeState; readonly isOnly: boolean }) {
  const rows = useNodeRuns(source.node.id);
  const pinned = source.node["pinned_data"];
  const runs = isList(pinned)
    ? [{ label: _("Pinned"), items: pinned.map(itemOf) }]
    : rows.map(({ output, run_index }) => ({ label: _("Run {n}", { n: run_index + 1 }), items: itemsAt(output, source.output) }));
  return (
    <DataPanel
      title={_("Input from {name}", { name: nameOf(source.node) })}
      runs={runs}
      nodeName={nameOf(source.node)}
      {...(isOnly ? { isInputOf: nameOf(node) } : {})}
      draggable
      emptyText={_("Run the workflow once to see what comes in here.")}
    />
  );
}
