/** Why a run stands still, and how it goes on. In doubt about a step a person decides what became of it. */
import { CircleHelp, CirclePause } from "lucide-react";
import { useAtomValue, useStore } from "jotai";
import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { itemOf } from "../inspector/data/items";
import type { Json } from "../../doc";
import { useDesigner } from "../model/designer";
import { resume, select, tell } from "./actions";
import { runFactsAtom, runStateAtom, type Pause } from "./atoms";
import { isFinal } from "./run-state";
import type { Decision } from "./server";
import { parsed } from "./trigger-data";
import { ago } from "./words";

export function PauseBar() {
  const run = useAtomValue(runStateAtom);
  const facts = useAtomValue(runFactsAtom);
  if (!run || isFinal(run.status) || !facts) return null;
  if (facts.pauseRequested) return <Note words={_("The run pauses as soon as the present step is done.")} action={_("Do not pause")} />;
  if (run.status !== "paused" || !facts.pause) return null;
  if (facts.pause.reason === "doubt") return <Doubt pause={facts.pause} />;
  return <Note words={_("The run stands still since {when}. What it waits for is kept meanwhile.", { when: ago(facts.pause.since) })} action={_("Let it go on")} />;
}

function Note({ words, action }: { readonly words: string; readonly action: string }) {
  const { rights } = useDesigner().props;
  const atoms = useStore();
  const [busy, setBusy] = useState(false);
  const go = (): void => {
    setBusy(true);
    void resume({ atoms }).catch(tell).finally(() => setBusy(false));
  };
  return (
    <div className="run-pause">
      <CirclePause size={14} aria-hidden="true" />
      <p>{words}</p>
      {rights.run && (
        <Button size="small" busy={busy} onClick={go}>
          {action}
        </Button>
      )}
    </div>
  );
}

interface Choice {
  readonly decision: Decision;
  readonly label: string;
  readonly means: string;
}

const choices = (): readonly Choice[] => [
  { decision: "again", label: _("Do it again"), means: _("The step is carried out once more, with the same idempotency key. If it was done, it may happen twice.") },
  { decision: "done", label: _("It was done"), means: _("The step counts as done and hands on what came in, or the items below.") },
  { decision: "fail", label: _("Let it fail"), means: _("The step fails with the kind “effect_in_doubt”; its setting about errors decides what follows.") },
];

function Doubt({ pause }: { readonly pause: Pause }) {
  const { rights } = useDesigner().props;
  const atoms = useStore();
  const [busy, setBusy] = useState<Decision | null>(null);
  const [text, setText] = useState("");
  const read = parsed(text);
  const problem = "problem" in read ? _("This is no JSON object or list. {problem}", { problem: read.problem }) : "";
  const decide = (decision: Decision): void => {
    const items = decision === "done" && "data" in read && read.data !== null ? [read.data as Json].flat().map(itemOf) : undefined;
    setBusy(decision);
    void resume({ atoms }, decision, items).catch(tell).finally(() => setBusy(null));
  };
  return (
    <section className="run-doubt" role="alert" aria-label={_("A step is in doubt")}>
      <div className="run-pause">
        <CircleHelp size={16} aria-hidden="true" />
        <p>
          {_("It is not known whether “{name}” was done: the machine that carried it out was lost between the effect and its record, {when}. Look at the other side, then decide.", { name: pause.nodeName, when: ago(pause.since) })}
        </p>
        {pause.node && (
          <Button size="small" variant="ghost" onClick={() => select({ atoms }, pause.node ?? "")}>
            {_("Show")}
          </Button>
        )}
      </div>
      {rights.run && (
        <>
          <ul className="doubt-choices">
            {choices().map(({ decision, label, means }) => (
              <li key={decision}>
                <Button size="small" busy={busy === decision} disabled={(busy !== null && busy !== decision) || (decision === "done" && problem !== "")} aria-describedby={`doubt-${decision}`} onClick={() => decide(decision)}>
                  {label}
                </Button>
                <span id={`doubt-${decision}`}>{means}</span>
              </li>
            ))}
          </ul>
          <Field label={_("Items that the step put out, as JSON")} optional error={problem}>
            <TextArea code rows={1} value={text} onChange={setText} placeholder='{"id": 17}' />
          </Field>
        </>
      )}
    </section>
  );
}
