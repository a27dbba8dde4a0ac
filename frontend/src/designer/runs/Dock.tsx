/** The dock at the foot of the canvas, and what stands at its head. */
import { ChevronUp, LayoutGrid, Play, Plus, Square, StickyNote } from "lucide-react";
import { useAtomValue } from "jotai";
import { _ } from "../../lib/i18n";
import { Button, IconButton } from "../../ui/Button";
import { LaterMenu } from "../../ui/LaterMenu";
import { LaterBars } from "../later-parts";
import { tellNotLoaded } from "../../lib/not-loaded";
import { commands } from "../commands/table";
import { useCommandContext, useRun } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { flowAtom } from "../state/flow";
import { readOnlyAtom } from "../state/mode";
import { runStateAtom, startingAtom } from "./atoms";
import { useRunMenu } from "./run-menu";
import { isFinal } from "./run-state";

const TOOLS = [
  { id: "add.node", label: () => _("Add a step"), icon: <Plus size={16} /> },
  { id: "canvas.note", label: () => _("Add a note"), icon: <StickyNote size={16} /> },
  { id: "canvas.tidy", label: () => _("Tidy up"), icon: <LayoutGrid size={16} /> },
] as const;

export function Dock() {
  const { rights } = useDesigner().props;
  return (
    <>
      <LaterBars />
      <div className="dock" role="toolbar" aria-label={_("Workflow")}>
        <Tools />
        {rights.run && <RunButton />}
      </div>
    </>
  );
}

function Tools() {
  const run = useRun();
  const contextNow = useCommandContext();
  const readOnly = useAtomValue(readOnlyAtom);
  // Notes and the order of cards are nothing beside an outline.
  useAtomValue(flowAtom);
  if (readOnly) return null;
  return TOOLS.map(({ id, label, icon }) => {
    const command = commands.find((each) => each.id === id);
    if (!command || command.shown?.(contextNow()) === false) return null;
    return <IconButton key={id} icon={icon} label={label()} keys={command.keys?.[0]} onClick={() => run(id)} />;
  });
}

function RunButton() {
  const run = useRun();
  const state = useAtomValue(runStateAtom);
  const starting = useAtomValue(startingAtom);
  const items = useRunMenu();
  if (state && !isFinal(state.status)) {
    return (
      <Button variant="danger" icon={<Square size={14} aria-hidden="true" />} onClick={() => run("run.stop")}>
        {_("Stop")}
      </Button>
    );
  }
  return (
    <div className="dock-run">
      <Button variant="primary" busy={starting} keys="Mod+Enter" icon={<Play size={14} aria-hidden="true" />} onClick={() => run("run.all")}>
        {_("Run")}
      </Button>
      <LaterMenu onFail={tellNotLoaded} items={items} side="top" trigger={<IconButton variant="primary" icon={<ChevronUp size={14} />} label={_("More ways to run")} tooltip={false} />} />
    </div>
  );
}
