import fc from "fast-check";
import { expect, test } from "vitest";
import { momentOfKey, moved } from "./stepping";

test("a step back and on again is where one was", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(50), (count, from) => {
      const at = moved(Math.min(from, count), 0, count);
      const back = moved(at, -1, count);
      if ((at ?? count) > 0) expect(moved(back, 1, count)).toBe(at);
      else expect(back).toBe(0);
    }),
  );
});

test.each([
  ["Home", 3, 0],
  ["End", 3, null],
  ["ArrowLeft", null, 4],
  ["ArrowRight", 4, null],
  ["ArrowLeft", 0, 0],
  ["a", 2, undefined],
] as const)("%s at %s goes to %s", (key, at, wanted) => {
  expect(momentOfKey(key, at, 5)).toBe(wanted);
});
