/** The steps of the run in their order: what took how long, over how many items. */
import { useAtom, useAtomValue, useStore } from "jotai";
import { useMemo } from "react";
import { _, _n } from "../../lib/i18n";
import { EmptyState } from "../../ui/EmptyState";
import { Pill } from "../../ui/Pill";
import { VirtualList } from "../../ui/VirtualList";
import { select } from "./actions";
import { momentAtom, runStateAtom } from "./atoms";
import { isFinal, stepsOf, type Step } from "./run-state";
import { moved } from "./stepping";
import { took } from "./words";

const ROW = 34;

export function StepsTab() {
  const run = useAtomValue(runStateAtom);
  const steps = useMemo(() => (run ? stepsOf(run) : []), [run]);
  const loops = useMemo(() => new Set(steps.filter(({ runIndex }) => runIndex > 0).map(({ node }) => node)), [steps]);
  if (!run) return <EmptyState small title={_("No run is shown")} text={_("Run the workflow, or open one from the tab Runs.")} />;
  if (steps.length === 0) return <EmptyState small title={_("No step has run yet")} />;
  const longest = Math.max(1, ...steps.map(({ milliseconds }) => milliseconds ?? 0));
  const row = (at: number) => {
    const step = steps[at];
    return step && <Row step={step} at={at} count={steps.length} longest={longest} loops={loops.has(step.node)} over={isFinal(run.status)} />;
  };
  return (
    <div className="runs-tab">
      <VirtualList className="runs-list" label={_("Steps of the run")} count={steps.length} estimate={ROW} keyOf={(at) => steps[at]?.order ?? at} row={row} />
    </div>
  );
}

interface RowProps {
  readonly step: Step;
  readonly at: number;
  readonly count: number;
  readonly longest: number;
  readonly loops: boolean;
  readonly over: boolean;
}

function Row({ step, at, count, longest, loops, over }: RowProps) {
  const atoms = useStore();
  const [moment, go] = useAtom(momentAtom);
  const choose = (): void => {
    select({ atoms }, step.node);
    if (over && (loops || moment !== null)) go(moved(at + 1, 0, count));
  };
  const share = `${Math.max(2, Math.round(((step.milliseconds ?? 0) / longest) * 100))}%`;
  return (
    <button type="button" className={`runs-line step-line${moment !== null && at >= moment ? " after" : ""}`} onClick={choose}>
      <span className="runs-number">{at + 1}</span>
      <Pill status={step.status} />
      <span className="runs-name">
        <bdi>{step.name}</bdi>
        {loops && <span className="chip">{_("run {n}", { n: step.runIndex + 1 })}</span>}
      </span>
      <span className="step-bar" aria-hidden="true">
        <span style={{ inlineSize: step.milliseconds === null ? "100%" : share }} className={`step-${step.status}`} />
      </span>
      <span className="step-took">{took(step.milliseconds)}</span>
      <span className="step-items">{_n("{n} item", "{n} items", step.itemsOut)}</span>
      <span className="runs-message">
        {step.retries > 0 && <span className="chip">{_n("{n} retry", "{n} retries", step.retries)}</span>} {step.error?.message}
      </span>
    </button>
  );
}
