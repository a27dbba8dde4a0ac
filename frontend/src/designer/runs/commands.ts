/** What can be done with runs. */
import { Bug, FlaskConical, History, Pause, Play, Radio, RotateCcw, ScrollText, Square, StepForward, Timer, ToggleRight, X } from "lucide-react";
import { _ } from "../../lib/i18n";
import type { Command, CommandContext } from "../commands/command";
import { bottomAtom, dialogAtom, type BottomPanel } from "../state/panels";
import { closeRun, pause, resume, retry, run, runningOf, runPart, stop } from "./actions";
import { runFactsAtom, runStateAtom, shownRunAtom, startingAtom } from "./atoms";
import { debugHere } from "./debug";
import { canListen, listen, listenable } from "./listening";
import { isFinal } from "./run-state";

const mayRun = ({ designer }: CommandContext) => designer.props.rights.run;
const isIdle = (context: CommandContext) => runningOf(context) === null && !context.atoms.get(startingAtom);
const hasRun = ({ atoms }: CommandContext) => atoms.get(shownRunAtom) !== null;

function selectedOf({ selection }: CommandContext): string | null {
  return selection.nodes.size === 1 ? ([...selection.nodes][0] ?? null) : null;
}

const onNode = (work: (context: CommandContext, node: string) => Promise<void>) => async (context: CommandContext) => {
  const node = selectedOf(context);
  if (node) await work(context, node);
};
const canRunNode = (context: CommandContext) => isIdle(context) && selectedOf(context) !== null;

/** For the webhook that is selected, else for the first one. */
async function listenHere(context: CommandContext): Promise<void> {
  const selected = selectedOf(context) ?? "";
  const hooks = listenable(context.designer.document.store.state().nodes);
  await listen(context, hooks.some(({ id }) => id === selected) ? selected : "");
}

const opensPanel = (panel: BottomPanel) => ({ atoms }: CommandContext) => atoms.set(bottomAtom, (open) => (open === panel ? null : panel));

function failed({ atoms }: CommandContext): string | null {
  const state = atoms.get(runStateAtom);
  return state && isFinal(state.status) && ["error", "canceled"].includes(state.status) ? state.execution : null;
}

const isPaused = ({ atoms }: CommandContext) => atoms.get(runStateAtom)?.status === "paused";

/** In doubt a person has to say more than to go on. */
function mayResume(context: CommandContext): boolean {
  const facts = context.atoms.get(runFactsAtom);
  return runningOf(context) !== null && ((isPaused(context) && facts?.pause?.reason !== "doubt") || facts?.pauseRequested === true);
}

async function retryFailed(context: CommandContext): Promise<void> {
  const execution = failed(context);
  if (execution) await retry(context, execution, true);
}

export const runCommands: readonly Command[] = [
  { id: "run.all", title: () => _("Run"), group: "run", icon: Play, keys: ["mod+enter"], whileTyping: true, words: () => _("execute start test"), shown: mayRun, enabled: isIdle, run: (context) => run(context) },
  { id: "run.data", title: () => _("Run with data…"), group: "run", icon: Play, words: () => _("trigger input sample"), shown: mayRun, enabled: isIdle, run: ({ atoms }) => atoms.set(dialogAtom, { kind: "run", dry: false }) },
  { id: "run.dry", title: () => _("Dry run…"), group: "run", icon: FlaskConical, words: () => _("rehearse test without effect"), shown: mayRun, enabled: isIdle, run: ({ atoms }) => atoms.set(dialogAtom, { kind: "run", dry: true }) },
  { id: "run.here", title: () => _("Run from here"), group: "run", icon: StepForward, keys: ["mod+shift+enter"], shown: mayRun, enabled: canRunNode, run: onNode((context, node) => runPart(context, { start_node: node })) },
  { id: "run.node", title: () => _("Run only this step"), group: "run", icon: ToggleRight, keys: ["alt+enter"], shown: mayRun, enabled: canRunNode, run: onNode((context, node) => runPart(context, { start_node: node, end_node: node })) },
  { id: "run.until", title: () => _("Run up to here"), group: "run", icon: Timer, shown: mayRun, enabled: canRunNode, run: onNode((context, node) => runPart(context, { end_node: node })) },
  { id: "run.listen", title: () => _("Listen for a test call"), group: "run", icon: Radio, words: () => _("webhook"), shown: (context) => mayRun(context) && canListen(context), enabled: isIdle, run: listenHere },
  { id: "run.stop", title: () => _("Stop"), group: "run", icon: Square, keys: ["mod+."], whileTyping: true, words: () => _("cancel abort"), shown: mayRun, enabled: (context) => runningOf(context) !== null, run: stop },
  { id: "run.pause", title: () => _("Pause the run"), group: "run", icon: Pause, words: () => _("hold halt"), shown: mayRun, enabled: (context) => runningOf(context) !== null && !isPaused(context) && context.atoms.get(runFactsAtom)?.pauseRequested !== true, run: pause },
  { id: "run.resume", title: () => _("Let the run go on"), group: "run", icon: Play, words: () => _("resume continue"), shown: mayRun, enabled: mayResume, run: (context) => resume(context) },
  { id: "run.retry", title: () => _("Retry from the failed step"), group: "run", icon: RotateCcw, shown: mayRun, enabled: (context) => failed(context) !== null, run: retryFailed },
  { id: "run.debug", title: () => _("Debug with the data of this run"), group: "run", icon: Bug, shown: mayRun, enabled: hasRun, run: debugHere },
  { id: "run.close", title: () => _("Take the run off the canvas"), group: "run", icon: X, enabled: hasRun, run: closeRun },
  { id: "run.logs", title: () => _("Logs"), group: "view", icon: ScrollText, keys: ["l"], run: opensPanel("logs") },
  { id: "run.steps", title: () => _("Steps of the run"), group: "view", icon: Timer, keys: ["shift+l"], run: opensPanel("steps") },
  { id: "run.runs", title: () => _("Runs"), group: "view", icon: History, keys: ["r"], words: () => _("executions history"), run: opensPanel("runs") },
];
