/** What a step put out in the run that is shown, or the data that are pinned to it. */
import { useState } from "react";
import { nameOf, type NodeState } from "../../../doc";
import { isList } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { nodePorts } from "../../canvas/flow-nodes";
import { useRun } from "../../commands/use-commands";
import { DataPanel } from "../../data/DataPanel";
import { useDesigner } from "../../model/designer";
import { useEdit } from "../../model/edit";
import { useAtomValue } from "jotai";
import { useNodeRuns } from "../../runs/node-runs";
import { readOnlyAtom } from "../../state/mode";
import { itemOf, itemsAt, portNames } from "./items";
import { pin, unpin } from "./pinning";

export function OutputData({ node, draggable = false }: { readonly node: NodeState; readonly draggable?: boolean }) {
  const { catalogue, props } = useDesigner();
  const edit = useEdit();
  const run = useRun();
  const readOnly = useAtomValue(readOnlyAtom);
  const rows = useNodeRuns(node.id);
  const [wanted, setPort] = useState<string | null>(null);
  const ports = portNames(nodePorts(catalogue.get(node.type), node).outputs.map(({ name }) => name), rows.map(({ output }) => output));
  const port = wanted && ports.includes(wanted) ? wanted : (ports.find((name) => rows.some(({ output }) => itemsAt(output, name).length > 0)) ?? ports[0] ?? "main");
  const pinned = node["pinned_data"];
  const isPinned = isList(pinned);
  const runs = isPinned ? [{ label: _("Pinned"), items: pinned.map(itemOf) }] : rows.map(({ output, run_index }) => ({ label: _("Run {n}", { n: run_index + 1 }), items: itemsAt(output, port) }));
  return (
    <DataPanel
      title={_("Output of {name}", { name: nameOf(node) })}
      runs={runs}
      {...(ports.length > 1 && !isPinned ? { ports: ports.map((name) => ({ value: name, label: name })), port, onPort: setPort } : {})}
      nodeName={nameOf(node)}
      draggable={draggable}
      pinned={isPinned}
      emptyText={_("Run the step to see what it puts out, or pin data for it.")}
      emptyActions={props.rights.run ? <Button size="small" onClick={() => run("run.until")}>{_("Run up to here")}</Button> : undefined}
      {...(readOnly
        ? {}
        : {
            onPin: (items) => pin(edit, node.id, items),
            onUnpin: () => unpin(edit, node.id),
            onSavePinned: (items) => pin(edit, node.id, items),
          })}
    />
  );
}
