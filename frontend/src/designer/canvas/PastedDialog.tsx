/** What needs attention after nodes of another product were pasted. */
import { useAtom } from "jotai";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { dialogAtom } from "../state/panels";

export function PastedDialog() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  if (dialog?.kind !== "pasted") return null;
  const close = (): void => setDialog(null);
  const { nodes, nodes_converted, placeholders, credentials_needed, warnings } = dialog.report;
  const rows = [
    ...placeholders.map(({ node = "", reason = "" }) => _("“{node}” is a placeholder: {reason}", { node, reason })),
    ...credentials_needed.map(({ name = "", kind = "" }) => _("Choose a credential of the kind {kind} (it was “{name}”).", { kind, name })),
    ...warnings,
  ];
  return (
    <Dialog
      open
      title={_("Pasted, with something to look at")}
      description={_n("{done} of {n} step was converted.", "{done} of {n} steps were converted.", nodes, { done: nodes_converted })}
      onClose={close}
      footer={
        <Button variant="primary" onClick={close}>
          {_("Understood")}
        </Button>
      }
    >
      <ul className="pasted-list">
        {rows.map((row, at) => (
          <li key={at}>{row}</li>
        ))}
      </ul>
    </Dialog>
  );
}
