/** Of the run on the canvas: how it stands, going through it step by step, what went wrong, and the way back. */
import { ChevronLeft, ChevronRight, ClipboardCheck, Pause, X } from "lucide-react";
import { useAtom, useAtomValue } from "jotai";
import { useMemo, type KeyboardEvent } from "react";
import { _, _n } from "../../lib/i18n";
import { Button, IconButton } from "../../ui/Button";
import { Pill } from "../../ui/Pill";
import { Progress } from "../../ui/Progress";
import { focusWork } from "../canvas/reveal";
import { useRun } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { overlayAtom } from "../state/overlay";
import { momentAtom, runFactsAtom, runStateAtom, sourceRunAtom } from "./atoms";
import { FailureBar } from "./FailureBar";
import { PastBar } from "./PastBar";
import { PauseBar } from "./PauseBar";
import { isFinal, stepsOf, type RunState } from "./run-state";
import { momentOfKey, moved } from "./stepping";
import { WaitBar } from "./WaitBar";
import { took } from "./words";

export function RunBar() {
  const run = useAtomValue(runStateAtom);
  if (!run) return null;
  return (
    <section className="run-bar" aria-label={_("Run on the canvas")}>
      <PastBar />
      <Standing run={run} />
      <PauseBar />
      <WaitBar />
      <FailureBar />
      <SourceBar />
    </section>
  );
}

/** That parts of the workflow take their data from a run that somebody chose. */
function SourceBar() {
  const [source, setSource] = useAtom(sourceRunAtom);
  if (source === null) return null;
  return (
    <div className="run-source">
      <span className="run-bar-text">{_("Parts run with the data of an earlier run.")}</span>
      <Button size="small" variant="ghost" onClick={() => setSource(null)}>
        {_("Use the newest")}
      </Button>
    </div>
  );
}

function Standing({ run }: { readonly run: RunState }) {
  const act = useRun();
  const overlay = useAtomValue(overlayAtom);
  const steps = useMemo(() => stepsOf(run), [run]);
  const over = isFinal(run.status);
  const current = steps.findLast(({ status }) => status === "running");
  return (
    <div className="run-bar-row">
      <Pill status={overlay?.live ? overlay.status : run.status} />
      {over ? (
        <span className="run-bar-text">{[_n("{n} step", "{n} steps", steps.length), took(run.milliseconds)].filter(Boolean).join(" · ")}</span>
      ) : (
        <bdi className="run-bar-text">{current?.name ?? _n("{n} step", "{n} steps", steps.length)}</bdi>
      )}
      {over && steps.length > 1 && <Stepper count={steps.length} names={steps.map(({ name }) => name)} />}
      {over && <SaveAsTest />}
      {over && <IconButton size="small" icon={<X size={14} />} label={_("Take the run off the canvas")} onClick={() => (act("run.close"), focusWork())} />}
      {!over && run.status !== "paused" && <Progress label={_("Running")} value={null} />}
      {!over && <PauseButton />}
    </div>
  );
}

/** One press, and what this run did is what the next ones must do. */
function SaveAsTest() {
  const { rights } = useDesigner().props;
  const act = useRun();
  const facts = useAtomValue(runFactsAtom);
  const run = useAtomValue(runStateAtom);
  if (!rights.write || !facts || facts.dry || run?.status === "canceled") return null;
  return (
    <Button size="small" variant="ghost" icon={<ClipboardCheck size={14} aria-hidden="true" />} onClick={() => act("tests.record")}>
      {_("Save as test")}
    </Button>
  );
}

function PauseButton() {
  const { rights } = useDesigner().props;
  const act = useRun();
  const facts = useAtomValue(runFactsAtom);
  const run = useAtomValue(runStateAtom);
  if (!rights.run || run?.status === "paused" || facts?.pauseRequested) return null;
  return <IconButton size="small" icon={<Pause size={14} aria-hidden="true" />} label={_("Pause the run")} onClick={() => act("run.pause")} />;
}

function Stepper({ count, names }: { readonly count: number; readonly names: readonly string[] }) {
  const [at, go] = useAtom(momentAtom);
  const shown = at ?? count;
  const word = at === null ? _("The end") : at === 0 ? _("Before the first step") : _("After step {n}: {name}", { n: at, name: names[at - 1] ?? "" });
  const press = (event: KeyboardEvent): void => {
    const next = momentOfKey(event.key, at, count);
    if (next === undefined) return;
    event.preventDefault();
    go(next);
  };
  return (
    <div className="run-stepper" role="group" aria-label={_("Go through the run")}>
      <IconButton size="small" icon={<ChevronLeft size={14} />} label={_("One step back")} disabled={shown === 0} onClick={() => go(moved(at, -1, count))} />
      <input
        type="range"
        min={0}
        max={count}
        value={shown}
        aria-label={_("Step of the run")}
        aria-valuetext={word}
        onKeyDown={press}
        onChange={(event) => go(moved(Number(event.target.value), 0, count))}
      />
      <IconButton size="small" icon={<ChevronRight size={14} />} label={_("One step on")} disabled={at === null} onClick={() => go(moved(at, 1, count))} />
      <span className="run-bar-text run-moment">{word}</span>
    </div>
  );
}
