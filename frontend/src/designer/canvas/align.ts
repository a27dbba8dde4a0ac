/** Cards in line, and at equal distances. Pure: boxes in, places out; on the grid. */
import { around, onGrid, type Box, type Point } from "./placement";

export type Side = "left" | "center" | "right" | "top" | "middle" | "bottom";
export type Axis = "horizontal" | "vertical";
export type Boxes = ReadonlyMap<string, Box>;

/** Places of those that move; all of them, where they are already is no harm. */
export function aligned(boxes: Boxes, side: Side): Map<string, Point> {
  const whole = around([...boxes.values()]);
  if (!whole) return new Map();
  return new Map([...boxes].map(([id, box]) => [id, onGrid(alignedTo(whole, box, side))]));
}

function alignedTo(whole: Box, box: Box, side: Side): Point {
  switch (side) {
    case "left":
      return { x: whole.x, y: box.y };
    case "center":
      return { x: whole.x + (whole.width - box.width) / 2, y: box.y };
    case "right":
      return { x: whole.x + whole.width - box.width, y: box.y };
    case "top":
      return { x: box.x, y: whole.y };
    case "middle":
      return { x: box.x, y: whole.y + (whole.height - box.height) / 2 };
    case "bottom":
      return { x: box.x, y: whole.y + whole.height - box.height };
  }
}

/** Equal gaps between neighbours; the first and the last stay. Fewer than three are left alone. */
export function distributed(boxes: Boxes, axis: Axis): Map<string, Point> {
  if (boxes.size < 3) return new Map();
  const [at, length] = axis === "horizontal" ? (["x", "width"] as const) : (["y", "height"] as const);
  const ordered = [...boxes].toSorted(([, one], [, other]) => one[at] - other[at]);
  const first = ordered[0]?.[1];
  const last = ordered.at(-1)?.[1];
  if (!first || !last) return new Map();
  const room = last[at] + last[length] - first[at];
  const filled = ordered.reduce((sum, [, box]) => sum + box[length], 0);
  const gap = (room - filled) / (ordered.length - 1);
  const places = new Map<string, Point>();
  let next = first[at];
  for (const [id, box] of ordered) {
    places.set(id, onGrid({ x: box.x, y: box.y, [at]: next }));
    next += box[length] + gap;
  }
  return places;
}
