/** Where connections begin and end: rings, with names where there is more than one, and a “+” where nothing leads on. */
import { Handle, Position as Side } from "@xyflow/react";
import { useAtomValue } from "jotai";
import { Plus } from "lucide-react";
import { nameOf } from "../../doc";
import { _ } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { useCommandContext } from "../commands/use-commands";
import { useIsUntaken } from "../state/coverage";
import { readOnlyAtom } from "../state/mode";
import { askForNode } from "./adding";
import type { CardNode } from "./flow-nodes";
import { portOffset } from "./geometry";

interface Props {
  readonly id: string;
  readonly data: CardNode["data"];
  readonly height: number;
}

export function CardPorts({ id, data, height }: Props) {
  const { ports, open, node } = data;
  const readOnly = useAtomValue(readOnlyAtom);
  const { inputs, outputs } = ports;
  return (
    <>
      {inputs.map(({ name }, at) => {
        const top = portOffset(at, inputs.length, height);
        return (
          <span key={`in ${name}`}>
            <Handle id={name} type="target" position={Side.Left} style={{ top }} />
            {inputs.length > 1 && <PortName name={name} side="in" top={top} />}
          </span>
        );
      })}
      {outputs.map(({ name, type }, at) => {
        const top = portOffset(at, outputs.length, height);
        return (
          <span key={`out ${name}`}>
            <Output id={id} name={name} isError={type === "error"} top={top} />
            {outputs.length > 1 && <PortName name={name} side="out" top={top} />}
            {open.includes(name) && !readOnly && <AddBehind id={id} port={name} node={nameOf(node)} top={top} many={outputs.length > 1} />}
          </span>
        );
      })}
    </>
  );
}

function Output({ id, name, isError, top }: { readonly id: string; readonly name: string; readonly isError: boolean; readonly top: number }) {
  const untaken = useIsUntaken(id, name);
  return <Handle id={name} type="source" position={Side.Right} style={{ top }} className={classes(isError && "error", untaken && "untaken")} title={untaken ? _("not tested") : undefined} />;
}

function PortName({ name, side, top }: { readonly name: string; readonly side: "in" | "out"; readonly top: number }) {
  return (
    <bdi className={`port-name ${side}`} style={{ top }} title={name}>
      {name.replaceAll("_", " ")}
    </bdi>
  );
}

/** By the keyboard `N` does the same, so Tab does not stop here. */
function AddBehind({ id, port, node, top, many }: { readonly id: string; readonly port: string; readonly node: string; readonly top: number; readonly many: boolean }) {
  const contextNow = useCommandContext();
  const label = many ? _("Add behind “{node}”, output {port}", { node, port }) : _("Add behind “{node}”", { node });
  return (
    <span className={`card-add ${many ? "many" : ""}`} style={{ top }}>
      <button type="button" className="nodrag nopan" tabIndex={-1} aria-label={label} onClick={() => askForNode(contextNow(), { position: null, after: { node: id, port } })}>
        <Plus size={12} aria-hidden="true" />
      </button>
    </span>
  );
}
