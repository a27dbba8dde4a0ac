/** Node types dragged from the list: dropped on the canvas they are added, on a connection inserted. */
import { useSetAtom } from "jotai";
import { useCallback, type DragEvent } from "react";
import { useCommandContext } from "../commands/use-commands";
import { dropEdgeAtom } from "../state/canvas";
import { addNode } from "./adding";
import { CARD_HEIGHT, CARD_WIDTH } from "./geometry";

export const DRAGGED_TYPE = "application/x-exprsn-node-type";

function edgeUnder({ clientX, clientY }: DragEvent): string | null {
  const under = document.elementsFromPoint(clientX, clientY);
  const edge = under.map((element) => element.closest(".react-flow__edge")).find((found) => found !== null);
  return edge?.getAttribute("data-id") ?? null;
}

export function useDropping() {
  const contextNow = useCommandContext();
  const setEdge = useSetAtom(dropEdgeAtom);
  const over = useCallback(
    (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED_TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setEdge(edgeUnder(event));
    },
    [setEdge],
  );
  const leave = useCallback(() => setEdge(null), [setEdge]);
  const drop = useCallback(
    (event: DragEvent) => {
      setEdge(null);
      const context = contextNow();
      const type = context.designer.catalogue.get(event.dataTransfer.getData(DRAGGED_TYPE));
      if (!type || !context.flow) return;
      event.preventDefault();
      const { x, y } = context.flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const on = type.is_trigger ? null : edgeUnder(event);
      addNode(context, type, { position: { x: x - CARD_WIDTH / 2, y: y - CARD_HEIGHT / 2 }, ...(on === null ? {} : { on }) });
    },
    [contextNow, setEdge],
  );
  return { over, leave, drop };
}
