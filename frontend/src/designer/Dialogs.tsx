/** Every dialog of the designer, in one piece that is loaded after the canvas. */
import { ConnectDialog } from "./canvas/ConnectDialog";
import { NodeSearch } from "./canvas/NodeSearch";
import { PastedDialog } from "./canvas/PastedDialog";
import { CaseDialogs } from "./cases/CaseDialogs";
import { HelpDialogs } from "./help/HelpDialogs";
import { NodeDialog } from "./inspector/NodeDialog";
import { LifeDialogs } from "./life/LifeDialogs";
import { AddDialog } from "./palette/AddDialog";
import { RunDialogs } from "./runs/RunDialogs";

export function Dialogs() {
  return (
    <>
      <NodeDialog />
      <AddDialog />
      <ConnectDialog />
      <NodeSearch />
      <PastedDialog />
      <RunDialogs />
      <CaseDialogs />
      <LifeDialogs />
      <HelpDialogs />
    </>
  );
}
