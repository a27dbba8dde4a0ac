/** Zoom and the way of selecting. */
import { useAtomValue } from "jotai";
import { Maximize, Minus, Plus, SquareMousePointer } from "lucide-react";
import { _ } from "../../lib/i18n";
import { useRun } from "../commands/use-commands";
import { IconButton } from "../../ui/Button";
import { selectModeAtom } from "../state/canvas";

export function CanvasTools() {
  const run = useRun();
  const selectMode = useAtomValue(selectModeAtom);
  return (
    <div className="canvas-tools" role="group" aria-label={_("View")}>
      <IconButton icon={<Plus size={15} />} label={_("Zoom in")} keys="+" size="small" onClick={() => run("canvas.zoom-in")} />
      <IconButton icon={<Minus size={15} />} label={_("Zoom out")} keys="-" size="small" onClick={() => run("canvas.zoom-out")} />
      <IconButton icon={<Maximize size={15} />} label={_("Show the whole workflow")} keys="1" size="small" onClick={() => run("canvas.fit")} />
      <IconButton icon={<SquareMousePointer size={15} />} label={_("Select by dragging")} keys="V" size="small" aria-pressed={selectMode} onClick={() => run("canvas.select-mode")} />
    </div>
  );
}
