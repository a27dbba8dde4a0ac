/** The inspector without a single step: what to do first, facts of the workflow, what can be done with several. */
import { MousePointerClick } from "lucide-react";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { useDesigner } from "../model/designer";
import { useShownGraph } from "../model/shown";
import { useNodeCommands } from "./node-menu";

export function NothingSelected({ close }: { readonly close: React.ReactNode }) {
  const { catalogue, props } = useDesigner();
  const { nodes, connections } = useShownGraph();
  const triggers = nodes.filter(({ type }) => catalogue.get(type)?.is_trigger).length;
  const { description, version, published_version } = props.workflow;
  return (
    <>
      <Head title={_("Workflow")} close={close} />
      <EmptyState small level={3} icon={<MousePointerClick size={18} />} title={_("Nothing is selected")} text={_("Select a step to see and change its parameters; Enter opens it with its data.")} />
      <dl className="facts rows inspector-facts">
        <dt>{_("Steps")}</dt>
        <dd>{nodes.length}</dd>
        <dt>{_("Triggers")}</dt>
        <dd>{triggers}</dd>
        <dt>{_("Connections")}</dt>
        <dd>{connections.length}</dd>
        <dt>{_("Published")}</dt>
        <dd>{published_version === null ? _("not yet") : published_version === version ? _("version {n}, the newest", { n: published_version }) : _("version {n}", { n: published_version })}</dd>
      </dl>
      {description && <p className="inspector-calm">{description}</p>}
    </>
  );
}

export function SeveralSelected({ count, close }: { readonly count: number; readonly close: React.ReactNode }) {
  const groups = useNodeCommands(true);
  return (
    <>
      <Head title={_n("{n} step selected", "{n} steps selected", count)} close={close} />
      {groups.map((group, at) => (
        <div key={at} className="inspector-commands">
          {group.map(({ id, label, icon, disabled, onSelect }) => (
            <Button key={id} size="small" icon={icon} disabled={disabled} onClick={onSelect}>
              {label}
            </Button>
          ))}
        </div>
      ))}
    </>
  );
}

function Head({ title, close }: { readonly title: string; readonly close: React.ReactNode }) {
  return (
    <header className="node-head">
      <h2>{title}</h2>
      {close}
    </header>
  );
}
