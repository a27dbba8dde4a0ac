/** Starting, stopping and showing runs: what commands, the dock and dialogs do. */
import { ApiError } from "../../api/client";
import { nameOf, nodeOf } from "../../doc";
import { _, _n } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { CommandContext } from "../commands/command";
import type { DataItem } from "../data/types";
import { settled } from "../../document/settled";
import { faultsAtom, type Fault } from "../state/faults";
import { showsPastAtom } from "../state/mode";
import { overlayAtom } from "../state/overlay";
import { selectionAtom, selectionOf } from "../state/selection";
import { shownDefinitionAtom } from "../state/shown-definition";
import {
  lookAgainAtom,
  momentAtom,
  ranDefinitionAtom,
  runFactsAtom,
  runStateAtom,
  shownRunAtom,
  sourceRunAtom,
  startingAtom,
  type ShownRun,
} from "./atoms";
import { isFinal, newRun } from "./run-state";
import { pauseRun, resumeRun, retryRun, startDryRun, startRun, stopRun, type Decision, type StartOptions } from "./server";
import { faultsOf } from "./start-faults";
import { WorkflowWatch } from "./watch";

export type RunContext = Pick<CommandContext, "designer" | "atoms">;

/** The run that is shown and goes on; null when there is none. */
export function runningOf({ atoms }: Pick<RunContext, "atoms">): string | null {
  const run = atoms.get(runStateAtom);
  return run && !isFinal(run.status) ? run.execution : null;
}

/** Saves what is pending, starts, and shows the run. */
export async function run(context: RunContext, options: StartOptions = {}, dry = false): Promise<void> {
  const { designer, atoms } = context;
  if (atoms.get(startingAtom)) return;
  atoms.set(startingAtom, true);
  const workflow = designer.props.workflow.id;
  // A dry run has ended by the time that its start is answered.
  const watch = dry ? null : new WorkflowWatch(workflow);
  try {
    await Promise.all([settled(designer), watch?.ready()]);
    const started = dry ? await startDryRun(workflow, options) : await startRun(workflow, options);
    atoms.set(faultsAtom, []);
    show(context, { execution: started.id, origin: "started", dry, watch }, dry ? "queued" : started.status);
  } catch (error) {
    watch?.stop();
    if (!tellFaults(context, error)) throw error;
  } finally {
    atoms.set(startingAtom, false);
  }
}

/** Only a part of the workflow; data before it come from the run that is shown or was chosen. */
export async function runPart(context: RunContext, part: Pick<StartOptions, "start_node" | "end_node">): Promise<void> {
  const source = context.atoms.get(sourceRunAtom);
  try {
    await run(context, { ...part, ...(source && { source_execution: source }) });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "no_data_for_node") throw error;
    offerWholeRun(context, error.message);
  }
}

export async function stop(context: RunContext): Promise<void> {
  const execution = runningOf(context);
  if (execution) await stopRun(execution);
}

export async function retry(context: RunContext, execution: string, fromFailed: boolean): Promise<void> {
  const watch = new WorkflowWatch(context.designer.props.workflow.id);
  try {
    await Promise.all([settled(context.designer), watch.ready()]);
    const started = await retryRun(execution, fromFailed);
    show(context, { execution: started.id, origin: "started", dry: started.dry_run, watch }, started.status);
  } catch (error) {
    watch.stop();
    if (error instanceof ApiError && error.code === "journal_mismatch") return offerWholeRun(context, error.message);
    if (!tellFaults(context, error)) throw error;
  }
}

/** It stands still at once, or as soon as the present step is done. */
export async function pause({ atoms }: Pick<RunContext, "atoms">): Promise<void> {
  const execution = runningOf({ atoms });
  if (!execution) return;
  await pauseRun(execution);
  lookAgain({ atoms });
}

/** In doubt it needs to be said what became of the step. */
export async function resume({ atoms }: Pick<RunContext, "atoms">, decision?: Decision, output?: readonly DataItem[]): Promise<void> {
  const execution = runningOf({ atoms });
  if (!execution) return;
  await resumeRun(execution, decision, output);
  lookAgain({ atoms });
}

function lookAgain({ atoms }: Pick<RunContext, "atoms">): void {
  atoms.set(lookAgainAtom, (count) => count + 1);
}

function offerWholeRun(context: RunContext, why: string): void {
  toast(why, "warning", { action: { label: _("Run the workflow"), onSelect: () => void run(context).catch(tell) } });
}

/** Puts a run on the canvas in place of the one before. */
export function show({ atoms }: Pick<RunContext, "atoms">, shown: ShownRun, status = "queued"): void {
  backToDraft({ atoms });
  atoms.set(momentAtom, null);
  atoms.set(ranDefinitionAtom, null);
  atoms.set(runFactsAtom, null);
  atoms.set(runStateAtom, newRun(shown.execution, status));
  atoms.set(shownRunAtom, shown);
}

export function openPast(context: Pick<RunContext, "atoms">, execution: string): void {
  show(context, { execution, origin: "past", dry: false, watch: null });
}

/** Takes the run away from the canvas. */
export function closeRun({ atoms }: Pick<RunContext, "atoms">): void {
  backToDraft({ atoms });
  atoms.set(shownRunAtom, null);
  atoms.set(runStateAtom, null);
  atoms.set(runFactsAtom, null);
  atoms.set(ranDefinitionAtom, null);
  atoms.set(momentAtom, null);
  atoms.set(overlayAtom, null);
  atoms.set(sourceRunAtom, null);
}

/** The definition that ran, as it was, and nothing can be changed meanwhile. */
export function showVersion({ atoms }: Pick<RunContext, "atoms">): void {
  const definition = atoms.get(ranDefinitionAtom);
  if (!definition) return;
  atoms.set(shownDefinitionAtom, definition);
  atoms.set(showsPastAtom, true);
}

export function backToDraft({ atoms }: Pick<RunContext, "atoms">): void {
  if (atoms.get(shownDefinitionAtom) === null) return;
  atoms.set(shownDefinitionAtom, null);
  atoms.set(showsPastAtom, false);
}

export function select({ atoms }: Pick<RunContext, "atoms">, node: string): void {
  atoms.set(selectionAtom, selectionOf([node]));
}

/** False when the refusal is about something else than faults of the workflow. */
function tellFaults(context: RunContext, error: unknown): boolean {
  const state = context.designer.document.store.state();
  const faults = faultsOf(error, state);
  const first = faults[0];
  if (!first) return false;
  context.atoms.set(faultsAtom, faults);
  const place = faults.find(({ node_id }) => node_id !== null);
  const action = place ? { action: { label: _("Show"), onSelect: () => select(context, String(place.node_id)) } } : {};
  toast(faultSentence(faults, place ?? first, state), "error", action);
  return true;
}

function faultSentence(faults: readonly Fault[], first: Fault, state: Parameters<typeof nodeOf>[0]): string {
  const node = first.node_id === null ? undefined : nodeOf(state, first.node_id);
  const said = node ? `${nameOf(node)}: ${first.message}` : first.message;
  return faults.length === 1 ? said : `${said} ${_n("And {n} more fault.", "And {n} more faults.", faults.length - 1)}`;
}

export function tell(error: unknown): void {
  toast(error instanceof Error ? error.message : String(error), "error");
}
