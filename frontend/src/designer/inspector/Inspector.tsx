/** At the side of the canvas: what is selected, and all that can be set of it. */
import { Maximize2, PanelRightClose } from "lucide-react";
import { useAtomValue, useSetAtom } from "jotai";
import { _ } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { Disclosure } from "../../ui/Disclosure";
import { focusWork } from "../canvas/reveal";
import { useDesigner } from "../model/designer";
import { useIsNarrow } from "../../lib/narrow";
import { dialogAtom, inspectorAtom } from "../state/panels";
import { onlyNodeAtom, selectionAtom } from "../state/selection";
import { OutputData } from "./data/OutputData";
import { NodeHead } from "./NodeHead";
import { NodeTabs } from "./NodeTabs";
import { NothingSelected, SeveralSelected } from "./NoOneNode";
import { useShownNode } from "./use-shown-node";

export function Inspector() {
  const open = useAtomValue(inspectorAtom);
  // A narrow window has no room beside its list: there a step is opened in its dialog.
  const narrow = useIsNarrow();
  const { nodes } = useAtomValue(selectionAtom);
  const only = useAtomValue(onlyNodeAtom);
  const setOpen = useSetAtom(inspectorAtom);
  if (!open || narrow) return null;
  const close = <IconButton size="small" icon={<PanelRightClose size={16} aria-hidden="true" />} label={_("Close the inspector")} keys="I" onClick={() => (setOpen(false), focusWork())} />;
  return (
    <aside className="designer-right inspector" aria-label={_("Inspector")}>
      {only ? <OneNode key={only} id={only} close={close} /> : nodes.size > 1 ? <SeveralSelected count={nodes.size} close={close} /> : <NothingSelected close={close} />}
    </aside>
  );
}

function OneNode({ id, close }: { readonly id: string; readonly close: React.ReactNode }) {
  const node = useShownNode(id);
  const { catalogue } = useDesigner();
  const setDialog = useSetAtom(dialogAtom);
  const dialog = useAtomValue(dialogAtom);
  if (!node) return <NothingSelected close={close} />;
  const type = catalogue.get(node.type);
  const open = <IconButton size="small" icon={<Maximize2 size={15} aria-hidden="true" />} label={_("Open with input and output")} keys="Enter" onClick={() => setDialog({ kind: "node", id })} />;
  return (
    <>
      <NodeHead node={node} type={type}>
        {!type?.inert && open}
        {close}
      </NodeHead>
      <NodeTabs node={node} heedsFaults={dialog?.kind !== "node"} />
      {!type?.inert && (
        <Disclosure className="inspector-data" label={_("Output")}>
          <OutputData node={node} />
        </Disclosure>
      )}
    </>
  );
}
