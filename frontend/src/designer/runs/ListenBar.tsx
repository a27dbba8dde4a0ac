/** While the draft waits for a test call: where to send it, how long, and a way to stop. */
import { useAtom, useStore } from "jotai";
import { useEffect, useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";
import { focusWork } from "../canvas/reveal";
import { useDesigner } from "../model/designer";
import { show, tell } from "./actions";
import { curlOf, listeningAtom, readListening, secondsLeft, stopListening, type Listening } from "./listening";
import { countdown } from "./words";

const LOOK_MS = 1_000;

export function ListenBar() {
  const [listening] = useAtom(listeningAtom);
  return listening ? <Waiting key={listening.id} listening={listening} /> : null;
}

function Waiting({ listening }: { readonly listening: Listening }) {
  const designer = useDesigner();
  const atoms = useStore();
  const left = useCountdown(listening);
  useArrival();
  return (
    <section className="run-bar listen-bar" aria-label={_("Waiting for a test call")}>
      <div className="run-bar-row">
        <span className="listen-dot" aria-hidden="true" />
        <p>
          {_("Waiting for a call to")} <code>{listening.methods.join(" ")} {listening.url}</code>
        </p>
        <CopyButton text={listening.url} label={_("Copy the address")} />
        <CopyButton words text={curlOf(listening)} label={_("Copy as curl")} />
        <span className="run-bar-text" role="timer" aria-live="off">{countdown(left)}</span>
        <Button size="small" onClick={() => void stopListening({ designer, atoms }).then(focusWork, tell)}>
          {_("Stop listening")}
        </Button>
      </div>
    </section>
  );
}

function useCountdown(listening: Listening): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return secondsLeft(listening, now);
}

/** Asks until the call has come, and shows its run; until the time is over. */
function useArrival(): void {
  const { props } = useDesigner();
  const atoms = useStore();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const look = async (): Promise<void> => {
      try {
        const found = await readListening(props.workflow.id);
        if (gone) return;
        if (!found || (!found.open && !found.execution)) return atoms.set(listeningAtom, null);
        if (found.execution) {
          atoms.set(listeningAtom, null);
          return show({ atoms }, { execution: found.execution, origin: "started", dry: false, watch: null });
        }
      } catch {
        // A server that is away for a moment is asked again.
      }
      if (!gone) timer = setTimeout(() => void look(), LOOK_MS);
    };
    timer = setTimeout(() => void look(), LOOK_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [props.workflow.id, atoms]);
}
