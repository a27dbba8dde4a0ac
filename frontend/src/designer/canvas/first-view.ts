/** How a workflow is looked at for the first time: all of it if that can be read, otherwise its beginning. Pure. */
import type { Viewport } from "@xyflow/react";
import { around, type Box } from "./placement";

const LEAST = 0.75;
const PADDING = 48;

/** `steps` are the boxes that matter most: notes may begin far away from them. */
export function firstView(boxes: readonly Box[], width: number, height: number, steps: readonly Box[] = boxes): Viewport {
  const whole = around(boxes);
  if (!whole) return { x: 0, y: 0, zoom: 1 };
  const fitting = Math.min((width - 2 * PADDING) / whole.width, (height - 2 * PADDING) / whole.height);
  const zoom = Math.max(LEAST, Math.min(1, fitting));
  const start = (from: number, length: number, room: number): number => {
    const rest = room - length * zoom;
    return (rest < 2 * PADDING ? PADDING : rest / 2) - from * zoom;
  };
  const left = start(whole.x, whole.width, width);
  const top = start(whole.y, whole.height, height);
  // The upper left corner of a large drawing may be empty: then the step that is furthest left is its beginning.
  const first = (steps.length > 0 ? steps : boxes).reduce((one, other) => (other.x < one.x || (other.x === one.x && other.y < one.y) ? other : one));
  return {
    x: left + (first.x + first.width) * zoom <= width - PADDING ? left : PADDING - first.x * zoom,
    y: top + (first.y + first.height) * zoom <= height - PADDING ? top : height / 2 - (first.y + first.height / 2) * zoom,
    zoom,
  };
}
