/** What a run waits for, with the way to it: an address to call, a form, an approval. */
import { Clock3, ExternalLink } from "lucide-react";
import { useAtomValue } from "jotai";
import { useMemo } from "react";
import { _ } from "../../lib/i18n";
import { CopyButton } from "../../ui/CopyButton";
import type { Wait } from "../state/overlay";
import { runStateAtom } from "./atoms";
import { isFinal, stepsOf } from "./run-state";
import { waitWords } from "./waiting";

const MOST = 5;

export function WaitBar() {
  const run = useAtomValue(runStateAtom);
  const waiting = useMemo(() => (run && !isFinal(run.status) ? stepsOf(run).filter(({ status, wait }) => status === "waiting" && wait !== null) : []), [run]);
  if (waiting.length === 0) return null;
  return (
    <ul className="run-waits" aria-label={_("What the run waits for")}>
      {waiting.slice(0, MOST).map(({ order, name, wait }) => (
        <li key={order}>
          <Clock3 size={14} aria-hidden="true" />
          <span className="run-wait-words">
            <strong>
              <bdi>{name}</bdi>
            </strong>{" "}
            {wait && waitWords(wait)}
          </span>
          {wait && <Way wait={wait} />}
        </li>
      ))}
    </ul>
  );
}

const OPENS: Readonly<Record<string, () => string>> = {
  form: () => _("Open the form"),
  approval: () => _("Open the approval"),
};

function Way({ wait: { kind, url } }: { readonly wait: Wait }) {
  // Of this server or of the web; nothing else is ever followed.
  if (!/^(https?:)?\//.test(url)) return null;
  const label = OPENS[kind]?.();
  if (!label) return <CopyButton words text={url} label={_("Copy the address")} />;
  return (
    <a className="button small" href={url} target="_blank" rel="noopener noreferrer">
      <ExternalLink size={13} aria-hidden="true" />
      {label}
    </a>
  );
}
