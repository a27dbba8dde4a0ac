/** A step with what comes in, what is set, and what goes out, over the whole window. */
import { ArrowLeft, ArrowRight, Play } from "lucide-react";
import { useAtom, useSetAtom } from "jotai";
import { useEffect, useState } from "react";
import type { NodeState } from "../../doc";
import { _ } from "../../lib/i18n";
import { Button, IconButton } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Tabs } from "../../ui/Tabs";
import { useRun } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { useIsNarrow } from "../../lib/narrow";
import { useShownGraph } from "../model/shown";
import { dialogAtom, inspectorTabAtom } from "../state/panels";
import { selectionAtom, selectionOf } from "../state/selection";
import { beside } from "./data/around";
import { InputData } from "./data/InputData";
import { OutputData } from "./data/OutputData";
import { NodeHead } from "./NodeHead";
import { NodeTabs } from "./NodeTabs";
import { useShownNode } from "./use-shown-node";

export function NodeDialog() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const setTab = useSetAtom(inspectorTabAtom);
  const select = useSetAtom(selectionAtom);
  const id = dialog?.kind === "node" ? dialog.id : null;
  const tab = dialog?.kind === "node" ? dialog.tab : undefined;
  useEffect(() => {
    if (id) select(selectionOf([id]));
    if (tab) setTab(tab);
  }, [id, tab, select, setTab]);
  const close = () => setDialog(null);
  return (
    <Dialog open={id !== null} title={_("Step")} size="full" className="node-dialog" onClose={close} keepOpen>
      {id && <Opened id={id} close={close} />}
    </Dialog>
  );
}

function Opened({ id, close }: { readonly id: string; readonly close: () => void }) {
  const node = useShownNode(id);
  const { catalogue } = useDesigner();
  const narrow = useIsNarrow();
  useEffect(() => {
    // Somebody else has removed it.
    if (!node) close();
  }, [node, close]);
  if (!node) return null;
  const Body = narrow ? InTabs : InColumns;
  return (
    <>
      <NodeHead node={node} type={catalogue.get(node.type)}>
        <RunButton />
        <Beside id={id} way="before" />
        <Beside id={id} way="behind" />
      </NodeHead>
      <Body key={id} node={node} />
    </>
  );
}

function RunButton() {
  const { rights } = useDesigner().props;
  const run = useRun();
  if (!rights.run) return null;
  return (
    <Button size="small" variant="primary" icon={<Play size={14} aria-hidden="true" />} onClick={() => run("run.until")}>
      {_("Run up to here")}
    </Button>
  );
}

function Beside({ id, way }: { readonly id: string; readonly way: "before" | "behind" }) {
  const { store } = useDesigner().document;
  const shown = useShownGraph();
  const [, setDialog] = useAtom(dialogAtom);
  const other = beside({ ...store.state(), ...shown }, id, way);
  const Icon = way === "before" ? ArrowLeft : ArrowRight;
  return (
    <IconButton
      size="small"
      className="node-beside"
      icon={<Icon size={15} aria-hidden="true" />}
      label={way === "before" ? _("The step before") : _("The step behind")}
      tooltip={false}
      disabled={other === null}
      onClick={() => other && setDialog({ kind: "node", id: other })}
    />
  );
}

function InColumns({ node }: { readonly node: NodeState }) {
  return (
    <div className="node-columns">
      <section className="node-column" aria-label={_("Input")}>
        <InputData node={node} />
      </section>
      <section className="node-column node-middle" aria-label={_("What is set")}>
        <NodeTabs node={node} />
      </section>
      <section className="node-column" aria-label={_("Output")}>
        <OutputData node={node} />
      </section>
    </div>
  );
}

type Part = "input" | "set" | "output";

function InTabs({ node }: { readonly node: NodeState }) {
  const [part, setPart] = useState<Part>("set");
  return (
    <Tabs<Part>
      label={_("Parts of the step")}
      className="node-parts"
      value={part}
      onChange={setPart}
      items={[
        { id: "input", label: _("Input"), content: <InputData node={node} /> },
        { id: "set", label: _("Step"), content: <NodeTabs node={node} /> },
        { id: "output", label: _("Output"), content: <OutputData node={node} /> },
      ]}
    />
  );
}
