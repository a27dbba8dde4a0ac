/** A node on the canvas. Its size and ports are in the model (`flow-nodes.ts`); here is only what is to be seen. */
import type { NodeProps } from "@xyflow/react";
import { useAtom, useAtomValue } from "jotai";
import { CircleAlert, Pin, TriangleAlert } from "lucide-react";
import { memo, useState } from "react";
import { nameOf } from "../../doc";
import { _, _n, number } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { Tile } from "../../ui/Tile";
import { farAtom, renamingAtom } from "../state/canvas";
import { waitWords } from "../runs/waiting";
import { useIsUncovered } from "../state/coverage";
import { isSerious, useNodeFaults, type Fault } from "../state/faults";
import { useNodeRun, type NodeRun } from "../state/overlay";
import { CardPorts } from "./CardPorts";
import { CardStatus } from "./CardStatus";
import { CardToolbar } from "./CardToolbar";
import type { CardNode } from "./flow-nodes";
import { cardSummary, statusWords } from "./labels";
import { NameField } from "./NameField";
import { durationWords } from "./words";

export const Card = memo(function Card({ id, data, selected, height = 0 }: NodeProps<CardNode>) {
  const { node, type } = data;
  const run = useNodeRun(id);
  const faults = useNodeFaults(id);
  const uncovered = useIsUncovered(id);
  const far = useAtomValue(farAtom);
  const [hovered, setHovered] = useState(false);
  const look = classes("card-node", selected && "selected", node["disabled"] === true && "disabled", !type && "unknown", uncovered && "uncovered", run && `run-${run.status}`);
  if (far) return <div className={classes(look, "far", type?.color)}>{nameOf(node)}</div>;
  return (
    <div className={look} onPointerEnter={() => setHovered(true)} onPointerLeave={() => setHovered(false)}>
      <div className="card-row">
        <Tile kind={type?.color} icon={type?.icon ?? "box"} />
        <Words id={id} data={data} />
        {faults.length > 0 && <Faults faults={faults} />}
        <CardStatus run={run} />
      </div>
      {run && <RunRow run={run} />}
      {Array.isArray(node["pinned_data"]) && (
        <span className="card-pin">
          <Pin size={10} aria-hidden="true" />
          {_("pinned")}
        </span>
      )}
      {uncovered && <span className="card-untested">{_("not tested")}</span>}
      <CardPorts id={id} data={data} height={height} />
      {(hovered || selected) && <CardToolbar id={id} hovered={hovered} />}
    </div>
  );
});

function Words({ id, data: { node, type } }: { readonly id: string; readonly data: CardNode["data"] }) {
  const [renaming, setRenaming] = useAtom(renamingAtom);
  return (
    <span className="card-words">
      {renaming === id ? <NameField id={id} name={nameOf(node)} onDone={() => setRenaming(null)} /> : <bdi className="card-name">{nameOf(node)}</bdi>}
      <bdi className="card-summary">{cardSummary(node, type)}</bdi>
    </span>
  );
}

/** How many, and whether one of them keeps the workflow from running. */
function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  const serious = faults.filter(isSerious).length;
  const words = serious > 0 ? _n("problem", "problems", faults.length) : _n("warning", "warnings", faults.length);
  const Sign = serious > 0 ? CircleAlert : TriangleAlert;
  return (
    <span className={classes("card-faults", serious === 0 && "only-warnings")} title={faults.map(({ message }) => message).join("\n")}>
      <Sign size={11} aria-hidden="true" />
      {number(faults.length)}
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

/** Items and time; the message of a failure instead. */
function RunRow({ run }: { readonly run: NodeRun }) {
  const words = run.error ? run.error.message : run.status === "success" ? _n("{n} item", "{n} items", run.itemsOut) : run.wait ? waitWords(run.wait) : statusWords(run.status);
  return (
    <div className="card-run">
      <span className="card-run-words" title={words}>
        {words}
        {run.runs > 1 && ` · ${_n("{n} run", "{n} runs", run.runs)}`}
      </span>
      {run.milliseconds !== null && <span>{durationWords(run.milliseconds)}</span>}
    </div>
  );
}
