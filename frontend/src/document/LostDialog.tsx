/** What the server did not take, with everything that was typed: nothing of it is thrown away unseen. */
import { useEffect } from "react";
import { _ } from "../lib/i18n";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Dialog } from "../ui/Dialog";
import type { Lost, OpenDocument } from "../doc";
import { useSavingOf } from "./hooks";

interface LostDialogProps<State> {
  readonly document: OpenDocument<State>;
  /** Where it was, for people. */
  readonly placeOf: (entry: Lost, state: State) => string;
  /** What was typed, for people, where the document knows better than its operations; null: as they are. */
  readonly linesOf?: (entry: Lost, state: State) => readonly LostLine[] | null;
  /** The same to be copied. */
  readonly copyOf?: (entry: Lost, state: State) => string | null;
  readonly close: () => void;
}

interface LostLine {
  readonly place: string;
  readonly text: string;
}

const MOST_LINES = 100;
const NO_LINES = (): null => null;

export function LostDialog<State>({ document, placeOf, linesOf = NO_LINES, copyOf = NO_LINES, close }: LostDialogProps<State>) {
  const { store } = document;
  const saving = useSavingOf(document);
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
              <CopyButton text={() => copyOf(entry, store.state()) ?? typed(entry)} label={_("Copy what was typed")} />
              <Button size="small" variant="ghost" onClick={() => store.dismiss(entry.id)}>
                {_("Discard")}
              </Button>
            </div>
            <p>{entry.message}</p>
            <Typed lines={linesOf(entry, store.state())} text={typed(entry)} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Typed({ lines, text }: { readonly lines: readonly LostLine[] | null; readonly text: string }) {
  return (
    <pre className="code" tabIndex={0} role="region" aria-label={_("What was typed")}>
      {lines ? written(lines) : text.slice(0, 2_000)}
    </pre>
  );
}

function written(lines: readonly LostLine[]): string {
  const shown = lines.slice(0, MOST_LINES).map(({ place, text }) => `${place}: ${text === "" ? _("(empty)") : text.slice(0, 2_000)}`);
  return [...shown, ...(lines.length > MOST_LINES ? ["…"] : [])].join("\n");
}

function typed({ operations }: Lost): string {
  const values = operations.map((operation) => operation.new ?? null);
  const [only] = values;
  if (values.length === 1 && typeof only === "string") return only;
  return JSON.stringify(values.length === 1 ? only : values, null, 2);
}
