/** Where a new card goes: on the grid, and over no other. Pure. */
import { CARD_HEIGHT, CARD_HEIGHT_RUN, GRID, snapped, type Size } from "./geometry";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point, Size {}

/** Between two cards in a row, and between two rows. */
export const GAP_X = 80;
export const GAP_Y = 48;
/** Between cards that only must not touch. */
const MARGIN = GRID;
const MOST_STEPS = 2_000;
/** What a run adds to a card: it must not cover the next one then. */
const GROWTH = CARD_HEIGHT_RUN - CARD_HEIGHT;

export function onGrid({ x, y }: Point): Point {
  return { x: snapped(x), y: snapped(y) };
}

export function overlaps(one: Box, other: Box, margin = 0): boolean {
  return (
    one.x < other.x + other.width + margin &&
    other.x < one.x + one.width + margin &&
    one.y < other.y + other.height + margin &&
    other.y < one.y + one.height + margin
  );
}

/** The place nearest below the wanted one that is free, also once cards have grown by a run; on the grid. */
export function freePlace(wanted: Point, size: Size, cards: readonly Box[]): Point {
  const taken = cards.map(grown);
  let place = onGrid(wanted);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const box = grown({ ...place, ...size });
    const inTheWay = taken.filter((other) => overlaps(box, other, MARGIN));
    if (inTheWay.length === 0) return place;
    const below = Math.max(...inTheWay.map((other) => other.y + other.height));
    place = { x: place.x, y: Math.ceil((below + MARGIN) / GRID) * GRID };
  }
  return place;
}

function grown(box: Box): Box {
  return { ...box, height: box.height + GROWTH };
}

/** Behind a card: to its right, as high as its port suggests. */
export function placeBehind(source: Box, size: Size, taken: readonly Box[], portY = source.y + size.height / 2): Point {
  return freePlace({ x: source.x + source.width + GAP_X, y: portY - size.height / 2 }, size, taken);
}

export function placeBefore(target: Box, size: Size, taken: readonly Box[]): Point {
  return freePlace({ x: target.x - GAP_X - size.width, y: target.y }, size, taken);
}

/** Between two cards, and how far the second and all behind it must go to the right for that. */
export function placeBetween(source: Box, target: Box, size: Size): { readonly place: Point; readonly shift: number } {
  const needed = size.width + 2 * GAP_X;
  const gap = target.x - (source.x + source.width);
  const middle = onGrid({ x: 0, y: (source.y + target.y) / 2 }).y;
  if (gap >= needed) return { place: onGrid({ x: source.x + source.width + (gap - size.width) / 2, y: middle }), shift: 0 };
  // A connection that leads back: the new card goes below both.
  if (gap < 0) return { place: onGrid({ x: (source.x + target.x) / 2, y: Math.max(source.y + source.height, target.y + target.height) + GAP_Y }), shift: 0 };
  const shift = Math.ceil((needed - gap) / GRID) * GRID;
  return { place: onGrid({ x: source.x + source.width + GAP_X, y: target.y }), shift };
}

/** The smallest box around all; null around nothing. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
