/** The overlay of the canvas, worked out from the steps of a run. */
import { connectionKey, portOf, type ConnectionState } from "../../doc";
import type { NodeRun, RunOverlay } from "../state/overlay";
import { grouped } from "./grouped";
import { isFinal, stepsOf, type RunState, type Step } from "./run-state";

/** `until`: as it was after so many steps; null: as it is now. */
export function overlayOf(run: RunState, connections: readonly ConnectionState[], until: number | null = null): RunOverlay {
  const all = stepsOf(run);
  const steps = until === null ? all : all.slice(0, until);
  const live = !isFinal(run.status) && until === null;
  const nodes = new Map<string, NodeRun>();
  for (const step of steps) nodes.set(step.node, joined(nodes.get(step.node), settledStep(step, run)));
  return { execution: run.execution, status: statusOf(run, steps), nodes, edges: edgeCounts(steps, connections), live };
}

/** What had not ended when the run did was stopped with it. */
function settledStep(step: Step, run: RunState): Step {
  return isFinal(run.status) && step.milliseconds === null && step.status !== "skipped" ? { ...step, status: "canceled", milliseconds: 0, wait: null } : step;
}

function statusOf(run: RunState, steps: readonly Step[]): string {
  return run.status === "running" && steps.some(({ status }) => status === "waiting") ? "waiting" : run.status;
}

/** The runs of a node as one: how the last one did, and the sums of all. */
function joined(before: NodeRun | undefined, step: Step): NodeRun {
  return {
    status: step.status,
    itemsIn: (before?.itemsIn ?? 0) + step.itemsIn,
    itemsOut: (before?.itemsOut ?? 0) + step.itemsOut,
    milliseconds: step.milliseconds === null ? null : (before?.milliseconds ?? 0) + step.milliseconds,
    runs: (before?.runs ?? 0) + 1,
    retries: (before?.retries ?? 0) + step.retries,
    error: step.error,
    wait: step.wait,
  };
}

/** Items over each connection that was taken. A connection is taken when its target ran after its source put something out. */
export function edgeCounts(steps: readonly Step[], connections: readonly ConnectionState[]): ReadonlyMap<string, number> {
  const byNode = grouped(steps, ({ node }) => node);
  const into = grouped(connections, ({ target }) => target);
  const counts = new Map<string, number>();
  for (const connection of connections) {
    const sources = byNode.get(connection.source) ?? [];
    const targets = byNode.get(connection.target) ?? [];
    const last = targets.at(-1)?.order ?? -1;
    const only = into.get(connection.target)?.length === 1;
    const port = portOf(connection, "source_output");
    const items = sources.filter(({ order }) => order < last).reduce((sum, step) => sum + itemsAt(step, port, only ? targets : null), 0);
    if (items > 0) counts.set(connectionKey(connection), items);
  }
  return counts;
}

/**
 * Until the data of a run are read only its total is known: of a connection that is the only one into its target,
 * what arrived there is what went over it.
 */
function itemsAt(step: Step, port: string, fed: readonly Step[] | null): number {
  if (step.ports) return step.ports[port] ?? 0;
  if (!fed) return port === "main" ? step.itemsOut : 0;
  const next = fed.find(({ order }) => order > step.order);
  return next && next.status !== "running" ? next.itemsIn : next && port === "main" ? step.itemsOut : 0;
}
