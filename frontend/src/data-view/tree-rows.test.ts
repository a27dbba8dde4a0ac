import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../doc/json";
import { compactJson } from "./compact-json";
import { hasText, splitAt } from "./search";
import { idOf, rowsOf } from "./tree-rows";

const closed = { toggled: new Set<string>(), levels: 0 };

test("what is closed costs nothing, what is open shows its members", () => {
  const value = { a: { b: [1, 2] }, c: "x", empty: {} };
  expect(rowsOf([value], closed).map((row) => row.key)).toEqual([0]);
  const rows = rowsOf([value], { toggled: new Set([idOf([0, "a"])]), levels: 1 });
  expect(rows.map((row) => [row.key, row.depth, row.isOpen])).toEqual([[0, 0, true], ["a", 1, true], ["b", 2, false], ["c", 1, null], ["empty", 1, null]]);
});

test("a value of any depth has rows", () => {
  const deep = JSON.parse("[".repeat(5_000) + "]".repeat(5_000)) as Json;
  expect(rowsOf([deep], { toggled: new Set(), levels: 10_000 })).toHaveLength(5_000);
  expect(compactJson(deep, 300).length).toBeLessThan(1_000);
});

test("the beginning of a value as JSON is that of the whole", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 40 }), (value, limit) => {
      const whole = JSON.stringify(value);
      const cut = compactJson(value as Json, limit);
      expect(cut.slice(0, limit)).toBe(whole.slice(0, limit));
      if (whole.length <= limit) expect(cut).toBe(whole);
    }),
  );
});

test("parts of a text join to it again, and every second one is the find", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 2 }), (text, search) => {
      const parts = splitAt(text, search);
      expect(parts.join("")).toBe(text);
      for (const [at, part] of parts.entries()) if (at % 2 === 1) expect(part.toLowerCase()).toBe(search.toLowerCase());
    }),
  );
});

test("items are found by what is anywhere in them, in any case", () => {
  expect([hasText({ a: ["Ada"] }, "aDA"), hasText({ a: 1 }, "b"), hasText("Ada", "d")]).toEqual([true, false, true]);
});
