/** From card to card by the arrow keys: along the connections first, else to whatever lies in that direction. Pure. */
import type { ConnectionState } from "../../doc";
import type { Box } from "./placement";

export type Direction = "left" | "right" | "up" | "down";
type Boxes = ReadonlyMap<string, Box>;

/** The next card, or null where there is none. */
export function neighbour(from: string, direction: Direction, boxes: Boxes, connections: readonly ConnectionState[]): string | null {
  const here = boxes.get(from);
  if (!here) return null;
  return nearest(here, linked(from, direction, connections), boxes) ?? nearestTowards(here, from, direction, boxes);
}

function linked(from: string, direction: Direction, connections: readonly ConnectionState[]): string[] {
  if (direction === "right") return connections.filter(({ source, target }) => source === from && target !== from).map(({ target }) => target);
  if (direction === "left") return connections.filter(({ source, target }) => target === from && source !== from).map(({ source }) => source);
  return [];
}

function nearest(here: Box, ids: readonly string[], boxes: Boxes): string | null {
  const level = (id: string): number => Math.abs((boxes.get(id)?.y ?? Infinity) - here.y);
  return ids.filter((id) => boxes.has(id)).toSorted((one, other) => level(one) - level(other))[0] ?? null;
}

/** In a quarter of the plane, the one with the shortest way; what lies aside counts twice. */
function nearestTowards(here: Box, from: string, direction: Direction, boxes: Boxes): string | null {
  let best: string | null = null;
  let shortest = Infinity;
  for (const [id, box] of boxes) {
    if (id === from) continue;
    const { ahead, aside } = way(here, box, direction);
    if (ahead <= 0 || aside > ahead * 2) continue;
    const length = ahead + 2 * aside;
    if (length >= shortest) continue;
    shortest = length;
    best = id;
  }
  return best;
}

function way(here: Box, there: Box, direction: Direction): { readonly ahead: number; readonly aside: number } {
  const x = there.x + there.width / 2 - (here.x + here.width / 2);
  const y = there.y + there.height / 2 - (here.y + here.height / 2);
  switch (direction) {
    case "left":
      return { ahead: -x, aside: Math.abs(y) };
    case "right":
      return { ahead: x, aside: Math.abs(y) };
    case "up":
      return { ahead: -y, aside: Math.abs(x) };
    case "down":
      return { ahead: y, aside: Math.abs(x) };
  }
}
