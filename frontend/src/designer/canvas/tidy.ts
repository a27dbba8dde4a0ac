/** Every card in its place, from left to right. Loaded only when somebody tidies up. */
import dagre from "@dagrejs/dagre";
import type { ConnectionState } from "../../doc";
import { around, GAP_X, GAP_Y, onGrid, type Box, type Point } from "./placement";

/** Places for all boxes; the upper left corner of the whole stays where it was. */
export function tidied(boxes: ReadonlyMap<string, Box>, connections: readonly ConnectionState[]): Map<string, Point> {
  const before = around([...boxes.values()]);
  if (!before) return new Map();
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", ranksep: GAP_X, nodesep: GAP_Y, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, { width, height }] of boxes) graph.setNode(id, { width, height });
  connections.forEach(({ source, target }, at) => {
    if (boxes.has(source) && boxes.has(target) && source !== target) graph.setEdge(source, target, {}, String(at));
  });
  dagre.layout(graph);
  const placed = [...boxes].map(([id, box]): [string, Box] => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    return [id, { ...box, x: x - box.width / 2, y: y - box.height / 2 }];
  });
  const after = around(placed.map(([, box]) => box)) ?? before;
  const by = { x: before.x - after.x, y: before.y - after.y };
  return new Map(placed.map(([id, { x, y }]) => [id, onGrid({ x: x + by.x, y: y + by.y })]));
}
