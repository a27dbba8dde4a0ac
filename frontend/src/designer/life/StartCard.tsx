/** An empty canvas asks what begins the workflow. */
import { ClipboardPaste, LayoutTemplate } from "lucide-react";
import { addNode } from "../canvas/adding";
import { useCommandContext, useRun } from "../commands/use-commands";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { SymbolIcon } from "../../ui/SymbolIcon";
import type { NodeType } from "../catalogue/catalogue";
import { useDesigner } from "../model/designer";

const FIRST = ["webhook", "form", "schedule", "manual", "execute_workflow_trigger", "error_trigger"];

export function StartCard() {
  const { catalogue, props } = useDesigner();
  const contextNow = useCommandContext();
  const run = useRun();
  const triggers = FIRST.flatMap((name) => catalogue.get(name) ?? []);
  const begin = (type: NodeType): void => void addNode(contextNow(), type, { position: null });
  if (!props.rights.write) return <p className="start-card">{_("Nothing has been drawn yet.")}</p>;
  return (
    <section className="start-card" aria-labelledby="start-title">
      <h2 id="start-title">{_("What starts this?")}</h2>
      <ul>
        {triggers.map((type) => (
          <li key={type.type}>
            <button type="button" className="start-choice" onClick={() => begin(type)}>
              <span className={`tile ${type.color}`}>
                <SymbolIcon name={type.icon} />
              </span>
              <span>
                <strong>{type.name}</strong>
                <span className="sub">{type.description}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="start-more">
        <Button variant="ghost" icon={<ClipboardPaste size={14} />} onClick={() => run("canvas.paste")}>
          {_("Paste steps, also from n8n")}
        </Button>
        <Button variant="ghost" icon={<LayoutTemplate size={14} />} onClick={() => location.assign("/workflows/gallery/")}>
          {_("Begin with an example")}
        </Button>
      </div>
    </section>
  );
}
