/** The parts that the first picture does without. Without a connection what cannot be loaded closes again and says so. */
import { useAtom, useAtomValue, useSetAtom } from "jotai";
import { _ } from "../lib/i18n";
import { useLater } from "../lib/later";
import { useIsNarrow } from "../lib/narrow";
import { tellNotLoaded } from "../lib/not-loaded";
import { shownRunAtom } from "./runs/atoms";
import { listeningAtom } from "./runs/listening";
import { coverageAtom } from "./state/coverage";
import { bottomAtom, dialogAtom, inspectorAtom, viewAtom } from "./state/panels";

const loadInspector = () => import("./inspector/Inspector").then(({ Inspector }) => Inspector);
const loadBottom = () => import("./runs/BottomPanel").then(({ BottomPanel }) => BottomPanel);
const loadOutline = () => import("./outline/Outline").then(({ Outline }) => Outline);
const loadSteps = () => import("./outline/StepList").then(({ StepList }) => StepList);
const loadDialogs = () => import("./Dialogs").then(({ Dialogs }) => Dialogs);

const loadBars = () => import("./runs/RunBars").then(({ RunBars }) => RunBars);

function notLoaded(close: () => void): () => void {
  return () => {
    close();
    tellNotLoaded();
  };
}

export function LaterInspector() {
  const [open, setOpen] = useAtom(inspectorAtom);
  const narrow = useIsNarrow();
  const isShown = open && !narrow;
  const Inspector = useLater(loadInspector, isShown, notLoaded(() => setOpen(false)));
  if (Inspector) return <Inspector />;
  // Keeps its place, so that the canvas has its size from the beginning.
  return isShown ? <aside className="designer-right inspector" aria-label={_("Inspector")} aria-busy="true" /> : null;
}

export function LaterBottom() {
  const [open, setOpen] = useAtom(bottomAtom);
  const BottomPanel = useLater(loadBottom, open !== null, notLoaded(() => setOpen(null)));
  return BottomPanel && <BottomPanel />;
}

/** What a run, a wait for a call and the tests have to say: nothing at first. */
export function LaterBars() {
  const hasRun = useAtomValue(shownRunAtom) !== null;
  const hasMarks = useAtomValue(coverageAtom) !== null;
  const listens = useAtomValue(listeningAtom) !== null;
  const Bars = useLater(loadBars, hasRun || hasMarks || listens, tellNotLoaded);
  return Bars && <Bars />;
}

export function LaterDialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const Dialogs = useLater(loadDialogs, dialog !== null, notLoaded(() => setDialog(null)));
  return Dialogs && <Dialogs />;
}

export function LaterOutline() {
  const setView = useSetAtom(viewAtom);
  const Outline = useLater(loadOutline, true, notLoaded(() => setView("canvas")));
  return Outline ? <Outline /> : <div className="outline" aria-busy="true" />;
}

export function LaterSteps() {
  const Steps = useLater(loadSteps, true, tellNotLoaded);
  return Steps ? <Steps /> : <div className="outline narrow" aria-busy="true" />;
}
