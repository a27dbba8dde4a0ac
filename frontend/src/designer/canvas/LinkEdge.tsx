/** A connection: its look says whether the run took it; what can be done with it appears under the pointer. */
import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from "@xyflow/react";
import { useAtomValue } from "jotai";
import { Plus, X } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { gestures } from "../../doc";
import { _, _n, number } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { useCommandContext } from "../commands/use-commands";
import { useEdit } from "../model/edit";
import { dropEdgeAtom, farAtom } from "../state/canvas";
import { useIsUntaken } from "../state/coverage";
import { readOnlyAtom } from "../state/mode";
import { useEdgeItems, useNodeRun } from "../state/overlay";
import { askForNode } from "./adding";
import type { Link } from "./flow-edges";

const PLACE = { transform: "translate(-50%, -50%)" };
/** The pointer gets from the line to its buttons in this time. */
const LEAVE_MS = 200;
const TOUCH = 20;

export const LinkEdge = memo(function LinkEdge(props: EdgeProps<Link>) {
  const { id, source, target, sourceHandleId, selected } = props;
  const items = useEdgeItems(id);
  const isRunning = useNodeRun(target)?.status === "running";
  const isError = useNodeRun(source)?.status === "error" && sourceHandleId === "error";
  const untaken = useIsUntaken(source, sourceHandleId ?? "main");
  const isTarget = useAtomValue(dropEdgeAtom) === id;
  const far = useAtomValue(farAtom);
  const readOnly = useAtomValue(readOnlyAtom);
  const { hovered, enter, leave } = useHover();
  const [path, x, y] = getBezierPath(props);
  const taken = items !== null && items > 0;
  const look = classes("link-edge", taken && "taken", items === 0 && "not-taken", taken && isRunning && "running", isError && "error", untaken && "untaken", isTarget && "drop");
  const tools = (hovered || selected) && !readOnly && !far;
  return (
    <g onPointerEnter={enter} onPointerLeave={leave}>
      <BaseEdge path={path} className={look} interactionWidth={TOUCH} />
      {(tools || ((taken || untaken) && !far)) && (
        <EdgeLabelRenderer>
          <div className="edge-label nodrag nopan" style={{ ...PLACE, left: x, top: y }} data-edge={id} onPointerEnter={enter} onPointerLeave={leave}>
            {tools ? <Tools id={id} /> : untaken ? <span className="edge-pill untested">{_("not tested")}</span> : <Pill port={sourceHandleId ?? "main"} items={items ?? 0} error={isError} />}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

/** “12 items”; with the port's name where that says something: “hot · 4”. */
function Pill({ port, items, error }: { readonly port: string; readonly items: number; readonly error: boolean }) {
  const words = port === "main" ? _n("{n} item", "{n} items", items) : `${port.replaceAll("_", " ")} · ${number(items)}`;
  return <span className={classes("edge-pill", error && "error")}>{words}</span>;
}

function Tools({ id }: { readonly id: string }) {
  const contextNow = useCommandContext();
  const edit = useEdit();
  const remove = (): void => void edit((state) => gestures.disconnect(state, [id]), { label: _("Disconnect") });
  return (
    <span className="edge-tools">
      <button type="button" tabIndex={-1} title={_("Insert a step here")} aria-label={_("Insert a step here")} onClick={() => askForNode(contextNow(), { position: null, on: id })}>
        <Plus size={13} aria-hidden="true" />
      </button>
      <button type="button" tabIndex={-1} title={_("Disconnect")} aria-label={_("Disconnect")} onClick={remove}>
        <X size={13} aria-hidden="true" />
      </button>
    </span>
  );
}

function useHover(): { readonly hovered: boolean; readonly enter: () => void; readonly leave: () => void } {
  const [hovered, setHovered] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const enter = (): void => {
    clearTimeout(timer.current);
    setHovered(true);
  };
  const leave = (): void => {
    timer.current = setTimeout(() => setHovered(false), LEAVE_MS);
  };
  return { hovered, enter, leave };
}
