/** How nodes and connections are drawn, on every canvas; one object for ever, or React Flow would draw everything anew. */
import { Card } from "./Card";
import { LinkEdge } from "./LinkEdge";
import { Note } from "./Note";

export const FLOW = {
  nodeTypes: { card: Card, note: Note },
  edgeTypes: { link: LinkEdge },
  onlyRenderVisibleElements: true,
  deleteKeyCode: null,
  minZoom: 0.05,
  proOptions: { hideAttribution: true },
} as const;
