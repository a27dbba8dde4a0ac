import fc from "fast-check";
import { expect, it } from "vitest";
import { firstView } from "./first-view";

it("shows where every workflow begins at the left, never too small to read", () => {
  const coordinate = fc.integer({ min: -5_000, max: 5_000 });
  fc.assert(
    fc.property(fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 9 }), fc.integer({ min: 300, max: 2_000 }), (points, width) => {
      const boxes = points.map((point) => ({ ...point, width: 224, height: 56 }));
      const { x, y, zoom } = firstView(boxes, width, 800);
      const left = Math.min(...points.map((point) => point.x));
      const seen = points.filter((point) => point.x === left).map((point) => point.y * zoom + y);
      expect(zoom).toBeGreaterThanOrEqual(0.75);
      expect(zoom).toBeLessThanOrEqual(1);
      expect(left * zoom + x).toBeGreaterThanOrEqual(0);
      expect(left * zoom + x).toBeLessThan(width);
      expect(seen.some((top) => top >= 0 && top + 56 * zoom <= 800)).toBe(true);
    }),
  );
  expect(firstView([], 800, 600)).toEqual({ x: 0, y: 0, zoom: 1 });
});

it("shows a step where a large note begins the drawing", () => {
  const note = { x: 0, y: 0, width: 3_000, height: 2_000 };
  const step = { x: 4_000, y: 1_500, width: 224, height: 56 };
  const { x, y, zoom } = firstView([note, step], 1_000, 800, [step]);
  expect(step.x * zoom + x).toBeGreaterThanOrEqual(0);
  expect((step.x + step.width) * zoom + x).toBeLessThanOrEqual(1_000);
  expect((step.y + step.height) * zoom + y).toBeLessThanOrEqual(800);
});
