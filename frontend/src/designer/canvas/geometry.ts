/** Sizes of cards and places of ports: known before anything is drawn, so that only what is visible has to be drawn. */
import { Position as Side, type NodeHandle } from "@xyflow/react";
import type { Ports } from "../catalogue/ports";

export const GRID = 16;
export const CARD_WIDTH = 224;
export const CARD_HEIGHT = 56;
/** With the second row that a run adds. */
export const CARD_HEIGHT_RUN = 87;
export const PORT_SIZE = 11;
const PORT_STEP = 24;
const PORT_MARGIN = 16;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A card grows when it has more ports on a side than fit. */
export function cardSize(ports: number, hasRun: boolean): Size {
  const needed = ports > 1 ? (ports - 1) * PORT_STEP + 2 * PORT_MARGIN : 0;
  return { width: CARD_WIDTH, height: Math.max(hasRun ? CARD_HEIGHT_RUN : CARD_HEIGHT, needed) };
}

/** Where the middle of a port is, from the top of the card; one alone stays in the first row. */
export function portOffset(at: number, count: number, height: number): number {
  if (count <= 1) return CARD_HEIGHT / 2;
  const room = height - 2 * PORT_MARGIN;
  return PORT_MARGIN + (room * at) / (count - 1);
}

export function snapped(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** Where React Flow finds the ports of a card that it has not drawn. */
export function handlesOf({ inputs, outputs }: Ports, { width, height }: Size): NodeHandle[] {
  const half = PORT_SIZE / 2;
  const handle = (type: "source" | "target", id: string, at: number, count: number): NodeHandle => ({
    id,
    type,
    position: type === "source" ? Side.Right : Side.Left,
    x: (type === "source" ? width : 0) - half,
    y: portOffset(at, count, height) - half,
    width: PORT_SIZE,
    height: PORT_SIZE,
  });
  return [
    ...inputs.map(({ name }, at) => handle("target", name, at, inputs.length)),
    ...outputs.map(({ name }, at) => handle("source", name, at, outputs.length)),
  ];
}
