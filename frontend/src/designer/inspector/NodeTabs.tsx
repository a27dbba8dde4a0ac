/** All that can be set of one step, in tabs; the inspector and the dialog show the same. */
import { useAtom } from "jotai";
import { useRef } from "react";
import type { NodeState } from "../../doc";
import { _ } from "../../lib/i18n";
import { Tabs, type TabItem } from "../../ui/Tabs";
import { useDesigner } from "../model/designer";
import { inspectorTabAtom, type NodeTab } from "../state/panels";
import { CodeTab } from "./code/CodeTab";
import { DocumentationTab } from "./DocumentationTab";
import { FaultNotes } from "./FaultNotes";
import { ParameterForm } from "./form/ParameterForm";
import { SettingsTab } from "./settings/SettingsTab";
import { PLACEHOLDER, UnknownType } from "./UnknownType";
import { useFaultTarget } from "./use-fault-target";

export function NodeTabs({ node, heedsFaults = true }: { readonly node: NodeState; readonly heedsFaults?: boolean }) {
  const type = useDesigner().catalogue.get(node.type);
  const [wanted, setTab] = useAtom(inspectorTabAtom);
  const place = useRef<HTMLDivElement>(null);
  const go = useFaultTarget(node.id, place, setTab, heedsFaults);
  const isKnown = type !== undefined && node.type !== PLACEHOLDER;
  const items: TabItem<NodeTab>[] = [
    { id: "parameters", label: _("Parameters"), content: isKnown ? <ParameterForm key={node.id} node={node} type={type} /> : <UnknownType node={node} /> },
    ...(type?.inert ? [] : [{ id: "settings" as const, label: _("Settings"), content: <SettingsTab key={node.id} node={node} type={type} /> }]),
    { id: "code", label: _("Code"), content: <CodeTab key={node.id} node={node} /> },
    ...(isKnown ? [{ id: "documentation" as const, label: _("Documentation"), content: <DocumentationTab node={node} type={type} /> }] : []),
  ];
  const tab = items.some(({ id }) => id === wanted) ? wanted : "parameters";
  return (
    <div className="node-tabs" ref={place} tabIndex={-1} data-autofocus>
      <FaultNotes node={node.id} go={go} />
      <Tabs label={_("About this step")} items={items} value={tab} onChange={setTab} />
    </div>
  );
}
