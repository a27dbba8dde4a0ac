import { expect, it } from "vitest";
import { bars, sparkLine } from "./shapes";

it("draws the largest value at the top, nothing at the ground", () => {
  expect(sparkLine([0, 5, 10], 20, 10)).toBe("M0 10L10 5L20 0");
  expect(sparkLine([0, 0], 20, 10)).toBe("M0 10L20 10");
  expect(sparkLine([3], 20, 10)).toBe("M0 0");
  expect(sparkLine([], 20, 10)).toBe("");
});

it("stacks what matched, what did not and what failed", () => {
  const bucket = { start: "2026-01-01T00:00:00Z", latency_ms: 1 };
  const [busy, idle] = bars([{ ...bucket, evaluations: 10, no_match: 2, errors: 1 }, { ...bucket, evaluations: 0, no_match: 0, errors: 0 }], 20, 100);
  expect(busy?.parts).toEqual([
    { tone: "ok", y: 30, height: 70 },
    { tone: "warn", y: 10, height: 20 },
    { tone: "err", y: 0, height: 10 },
  ]);
  expect(idle).toEqual({ x: 10, width: 9, parts: [] });
});
