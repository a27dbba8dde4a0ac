/** What the server did not take, with everything that was typed: nothing of it is thrown away unseen. */
import { useEffect } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";
import { Dialog } from "../../ui/Dialog";
import { nameOf, nodeOf, type Lost, type WorkflowState } from "../../doc";
import { useDesigner } from "../model/designer";
import { useSaving } from "../model/hooks";

export function LostDialog({ close }: { readonly close: () => void }) {
  const { store } = useDesigner().document;
  const saving = useSaving();
  const lost = saving.kind === "refused" ? saving.lost : [];
  useEffect(() => {
    if (lost.length === 0) close();
  }, [lost.length, close]);
  return (
    <Dialog
      open
      size="l"
      title={_("Changes that were not taken")}
      description={_("Somebody changed the same place first, or the server refused it. Copy what you want to keep.")}
      onClose={close}
      footer={<Button onClick={() => lost.forEach(({ id }) => store.dismiss(id))}>{_("Discard all")}</Button>}
    >
      <ul className="lost-list">
        {lost.map((entry) => (
          <li key={entry.id} className="lost-entry">
            <div className="lost-head">
              <strong>{entry.label}</strong>
              <span className="sub">{placeOf(entry, store.state())}</span>
              <CopyButton text={() => typed(entry)} label={_("Copy what was typed")} />
              <Button size="small" variant="ghost" onClick={() => store.dismiss(entry.id)}>
                {_("Discard")}
              </Button>
            </div>
            <p>{entry.message}</p>
            <pre className="code" tabIndex={0} role="region" aria-label={_("What was typed")}>
              {typed(entry).slice(0, 2_000)}
            </pre>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function typed({ operations }: Lost): string {
  const values = operations.map((operation) => operation.new ?? null);
  const [only] = values;
  if (values.length === 1 && typeof only === "string") return only;
  return JSON.stringify(values.length === 1 ? only : values, null, 2);
}

function placeOf({ path }: Lost, state: WorkflowState): string {
  const [part, id = "", ...rest] = path;
  const node = part === "nodes" ? nodeOf(state, id) : undefined;
  return [node ? nameOf(node) : id, ...rest.filter((key) => key !== "parameters")].join(" › ");
}
