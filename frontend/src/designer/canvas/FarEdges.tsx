/** All connections as one picture: from very far away, a thousand lines of their own are too slow. */
import { getBezierPath, Position as Side, useStore, type ReactFlowState } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { Link } from "./flow-edges";

const transformOf = ({ transform }: ReactFlowState) => transform;
const sizeOf = ({ width, height }: ReactFlowState) => `${width} ${height}`;
const lookupOf = ({ nodeLookup }: ReactFlowState) => nodeLookup;

export function FarEdges({ edges }: { readonly edges: readonly Link[] }) {
  const transform = useStore(transformOf);
  const size = useStore(sizeOf);
  const lookup = useStore(lookupOf);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const picture = canvas.current;
    const brush = picture?.getContext("2d");
    if (!picture || !brush) return;
    const [width = 0, height = 0] = size.split(" ").map(Number);
    const scale = devicePixelRatio;
    picture.width = width * scale;
    picture.height = height * scale;
    const [x, y, zoom] = transform;
    brush.setTransform(scale * zoom, 0, 0, scale * zoom, scale * x, scale * y);
    brush.strokeStyle = getComputedStyle(picture).color;
    brush.lineWidth = 1 / zoom;
    const place = (id: string, handle: string | null | undefined, type: "source" | "target") => {
      const node = lookup.get(id);
      const port = node?.internals.handleBounds?.[type]?.find((each) => each.id === handle);
      return node && port ? { x: node.internals.positionAbsolute.x + port.x + port.width / 2, y: node.internals.positionAbsolute.y + port.y + port.height / 2 } : null;
    };
    for (const { source, sourceHandle, target, targetHandle } of edges) {
      const [from, to] = [place(source, sourceHandle, "source"), place(target, targetHandle, "target")];
      if (!from || !to) continue;
      const [path] = getBezierPath({ sourceX: from.x, sourceY: from.y, sourcePosition: Side.Right, targetX: to.x, targetY: to.y, targetPosition: Side.Left });
      brush.stroke(new Path2D(path));
    }
  }, [transform, size, lookup, edges]);
  return <canvas ref={canvas} className="far-edges" aria-hidden="true" />;
}
