/** Drawing connections: what fits is connected, what does not is told, and the empty canvas asks for a node. */
import type { Connection, Edge, FinalConnectionState } from "@xyflow/react";
import { useCallback, useRef } from "react";
import { gestures } from "../../doc";
import { _ } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import { useCommandContext } from "../commands/use-commands";
import { askForNode } from "./adding";
import { whyNot, type WholeEnds } from "./connection-rules";
import { stateOf } from "./part";

function endsOf({ source, sourceHandle, target, targetHandle }: Connection | Edge): WholeEnds {
  return { source, source_output: sourceHandle ?? "main", target, target_input: targetHandle ?? "main" };
}

export function useConnecting() {
  const contextNow = useCommandContext();
  const done = useRef(false);
  const connect = useCallback(
    (connection: Connection) => {
      done.current = true;
      const context = contextNow();
      context.edit((now) => gestures.connect(now, endsOf(connection)), { label: _("Connect") });
    },
    [contextNow],
  );
  const mayConnect = useCallback(
    (connection: Connection | Edge) => {
      const context = contextNow();
      return whyNot(stateOf(context), context.designer.catalogue, endsOf(connection)) === null;
    },
    [contextNow],
  );
  const end = useCallback(
    (event: MouseEvent | TouchEvent, { fromHandle, fromNode, toHandle, toNode }: FinalConnectionState) => {
      if (done.current || !fromHandle || !fromNode) {
        done.current = false;
        return;
      }
      const context = contextNow();
      if (toHandle || toNode) return refuse(context, fromHandle, toHandle, toNode?.id ?? null);
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!point || !(event.target as Element).closest(".react-flow__pane")) return;
      const position = context.flow?.screenToFlowPosition({ x: point.clientX, y: point.clientY }) ?? null;
      const port = { node: fromNode.id, port: fromHandle.id ?? "main" };
      askForNode(context, { position, ...(fromHandle.type === "source" ? { after: port } : { before: port }) });
    },
    [contextNow],
  );
  return { connect, mayConnect, end };
}

type Port = { readonly nodeId: string; readonly id?: string | null; readonly type: string };

function refuse(context: ReturnType<ReturnType<typeof useCommandContext>>, from: Port, to: Port | null, node: string | null): void {
  if (!to) return void (node !== null && node !== from.nodeId && toast(_("Drop the connection on a port: the ring at the edge of the step."), "info"));
  if (to.nodeId === from.nodeId && to.id === from.id && to.type === from.type) return;
  if (to.type === from.type) return toast(from.type === "source" ? _("An output leads to an input, not to another output.") : _("An input comes from an output, not from another input."), "warning");
  const [source, target] = from.type === "source" ? [from, to] : [to, from];
  const ends = { source: source.nodeId, source_output: source.id ?? "main", target: target.nodeId, target_input: target.id ?? "main" };
  const reason = whyNot(stateOf(context), context.designer.catalogue, ends);
  if (reason !== null) toast(reason, "warning");
}
