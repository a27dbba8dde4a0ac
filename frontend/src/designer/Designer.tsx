/** The places of the designer's parts. */
import { useAtomValue } from "jotai";
import { Canvas } from "./canvas/Canvas";
import { Said } from "./canvas/Said";
import { useClipboard } from "./canvas/use-clipboard";
import { useKeymap } from "./commands/use-commands";
import { InBar } from "../document/InBar";
import { Failsafe } from "../document/Failsafe";
import { LaterBottom, LaterDialogs, LaterInspector, LaterOutline, LaterSteps } from "./later-parts";
import { BarEnd } from "./life/BarEnd";
import { BarStart } from "./life/BarStart";
import { FaultSync } from "./life/FaultSync";
import { StartCard } from "./life/StartCard";
import { useNodes } from "./model/hooks";
import { Palette } from "./palette/Palette";
import { Dock } from "./runs/Dock";
import { RunSync } from "./runs/RunSync";
import { useIsNarrow } from "../lib/narrow";
import { viewAtom } from "./state/panels";

export function Designer() {
  useKeymap();
  useClipboard();
  return (
    <div className="designer">
      <InBar side="start">
        <BarStart />
      </InBar>
      <InBar side="end">
        <BarEnd />
      </InBar>
      <Palette />
      <div className="designer-middle">
        <Failsafe>
          <Middle />
        </Failsafe>
        <Dock />
      </div>
      <Failsafe>
        <LaterBottom />
      </Failsafe>
      <Failsafe>
        <LaterInspector />
      </Failsafe>
      <LaterDialogs />
      <RunSync />
      <FaultSync />
      <Said />
    </div>
  );
}

function Middle() {
  const view = useAtomValue(viewAtom);
  const narrow = useIsNarrow();
  const isEmpty = useNodes().length === 0;
  if (narrow) return <LaterSteps />;
  if (view === "outline") return <LaterOutline />;
  return (
    <>
      <Canvas />
      {isEmpty && <StartCard />}
    </>
  );
}
