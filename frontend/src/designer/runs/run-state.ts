/**
 * What is known of one execution, put together from answers of the API and from live frames. Both may come in any
 * order and twice: what a node run ended with wins over what it was doing before.
 */
import type { LiveEvent, LiveNode } from "../../shell/socket";
import { blankStep, hasEnded, stepOfEvent, stepOfRow, type NodeRow, type Step } from "./steps";

export type { NodeRow, Step } from "./steps";

export interface RunState {
  readonly execution: string;
  readonly status: string;
  readonly steps: ReadonlyMap<number, Step>;
  /** All together, once it is over. */
  readonly milliseconds: number | null;
}

const FINAL = new Set(["success", "partial_success", "error", "canceled"]);

export function isFinal(status: string): boolean {
  return FINAL.has(status);
}

export function newRun(execution: string, status = "queued"): RunState {
  return { execution, status, steps: new Map(), milliseconds: null };
}

/** The steps in the order in which they happened. */
export function stepsOf(run: RunState): readonly Step[] {
  return [...run.steps.values()].sort((left, right) => left.order - right.order);
}

export function withStatus(run: RunState, status: string, milliseconds: number | null): RunState {
  // An answer that was under way when the run ended does not begin it again.
  if (isFinal(run.status) && !isFinal(status)) return run;
  return { ...run, status, milliseconds: milliseconds ?? run.milliseconds };
}

export function withRows(run: RunState, rows: readonly NodeRow[]): RunState {
  return rows.reduce((now, row) => withStep(now, stepOfRow(row)), run);
}

export function withNow(run: RunState, node: LiveNode | null | undefined): RunState {
  // What is written already, as waiting or as done, is newer than what was said to be about to run.
  if (!node || isFinal(run.status) || run.steps.has(node.execution_order ?? 0)) return run;
  const step = { ...blankStep(node), status: "running" as const };
  return withStep({ ...run, status: "running" }, step);
}

export function withEvents(run: RunState, events: readonly LiveEvent[]): RunState {
  return events.reduce(withEvent, run);
}

function withEvent(run: RunState, event: LiveEvent): RunState {
  switch (event.type) {
    case "execution_started":
      return withStatus(run, "running", null);
    case "node_execution_started":
      // A node run is written when it is done, or when it waits: a start without an end is a wait. What it waits for is read.
      return withStep(run, { ...blankStep(event), status: "waiting", wait: run.steps.get(event.execution_order ?? 0)?.wait ?? null });
    case "node_execution_completed":
      return withStep(run, stepOfEvent(event));
    case "execution_completed":
      return withStatus(run, event.status ?? "success", event.total_duration_ms ?? null);
    default:
      return run;
  }
}

function withStep(run: RunState, step: Step): RunState {
  const before = run.steps.get(step.order);
  if (before && hasEnded(before) && (!hasEnded(step) || (before.ports && !step.ports))) return run;
  return { ...run, steps: new Map(run.steps).set(step.order, step) };
}
