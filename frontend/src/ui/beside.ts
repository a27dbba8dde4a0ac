/** Where something small goes beside something else, so that the window holds it. Pure. */
export type Side = "top" | "right" | "bottom" | "left";

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Rect extends Size {
  readonly left: number;
  readonly top: number;
}

const GAP = 6;
const EDGE = 8;
const OPPOSITE: Readonly<Record<Side, Side>> = { top: "bottom", bottom: "top", left: "right", right: "left" };

/** The upper left corner: on the wanted side, on the other one where that has no room. */
export function placeBeside(anchor: Rect, { width, height }: Size, side: Side, window: Size): { x: number; y: number } {
  const middle = { x: anchor.left + (anchor.width - width) / 2, y: anchor.top + (anchor.height - height) / 2 };
  const at = (where: Side): { x: number; y: number } => {
    if (where === "top") return { x: middle.x, y: anchor.top - height - GAP };
    if (where === "bottom") return { x: middle.x, y: anchor.top + anchor.height + GAP };
    return { x: where === "left" ? anchor.left - width - GAP : anchor.left + anchor.width + GAP, y: middle.y };
  };
  const fits = ({ x, y }: { x: number; y: number }): boolean => {
    const isUpright = side === "top" || side === "bottom";
    return isUpright ? y >= EDGE && y + height <= window.height - EDGE : x >= EDGE && x + width <= window.width - EDGE;
  };
  const [wanted, other] = [at(side), at(OPPOSITE[side])];
  const { x, y } = fits(wanted) || !fits(other) ? wanted : other;
  const within = (value: number, length: number, room: number): number => Math.max(EDGE, Math.min(value, room - length - EDGE));
  return { x: within(x, width, window.width), y: within(y, height, window.height) };
}
