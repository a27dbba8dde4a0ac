import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aligned, distributed } from "./align";
import { GRID } from "./geometry";
import { freePlace, overlaps, placeBetween, type Box } from "./placement";
import { tidied } from "./tidy";

const SIZE = { width: 224, height: 56 };
const boxes = fc.array(fc.record({ x: fc.integer({ min: -800, max: 800 }), y: fc.integer({ min: -800, max: 800 }) }).map((point): Box => ({ ...point, ...SIZE })), { minLength: 1, maxLength: 25 });
const named = boxes.map((list) => new Map(list.map((box, at) => [`n${at}`, box])));
const isOnGrid = ({ x, y }: { x: number; y: number }) => Math.abs(x % GRID) === 0 && Math.abs(y % GRID) === 0;

describe("a new card", () => {
  it("lies on the grid and over no other", () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: -800, max: 800 }), fc.integer({ min: -800, max: 800 }), (taken, x, y) => {
        const place = freePlace({ x, y }, SIZE, taken);
        expect(isOnGrid(place)).toBe(true);
        expect(taken.some((box) => overlaps({ ...place, ...SIZE }, box))).toBe(false);
      }),
    );
  });

  it("has room between two others, which go apart for that", () => {
    fc.assert(
      fc.property(fc.integer({ min: 224, max: 1200 }), fc.integer({ min: -400, max: 400 }), (x, y) => {
        const source = { x: 0, y: 0, ...SIZE };
        const { place, shift } = placeBetween(source, { x, y, ...SIZE }, SIZE);
        expect(place.x).toBeGreaterThan(source.width);
        expect(place.x + SIZE.width).toBeLessThan(x + shift);
      }),
    );
  });
});

describe("aligning", () => {
  it("puts one edge of all in one line", () => {
    fc.assert(
      fc.property(named, (list) => {
        expect(new Set([...aligned(list, "left").values()].map(({ x }) => x)).size).toBe(1);
        expect(new Set([...aligned(list, "bottom").values()].map(({ y }) => y)).size).toBe(1);
      }),
    );
  });

  it("keeps the order and the ends when it distributes", () => {
    const list = new Map([["a", { x: 0, y: 0, ...SIZE }], ["b", { x: 240, y: 0, ...SIZE }], ["c", { x: 1152, y: 0, ...SIZE }]]);
    expect([...distributed(list, "horizontal")].map(([id, { x }]) => [id, x])).toEqual([["a", 0], ["b", 576], ["c", 1152]]);
    expect(distributed(new Map([...list].slice(0, 2)), "horizontal").size).toBe(0);
  });
});

describe("tidying up", () => {
  it("lets no two cards overlap and leads from left to right", () => {
    fc.assert(
      fc.property(named, (list) => {
        const ids = [...list.keys()];
        const connections = ids.slice(1).map((target, at) => ({ source: ids[Math.floor(at / 2)] ?? "n0", target }));
        const places = tidied(list, connections);
        const after = [...places.values()].map((place) => ({ ...place, ...SIZE }));
        expect(after.every(isOnGrid)).toBe(true);
        after.forEach((box, at) => expect(after.slice(at + 1).some((other) => overlaps(box, other))).toBe(false));
        for (const { source, target } of connections) expect(places.get(target)?.x).toBeGreaterThan(places.get(source)?.x ?? Infinity);
      }),
      { numRuns: 30 },
    );
  });
});
