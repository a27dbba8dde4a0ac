import fc from "fast-check";
import { expect, it } from "vitest";
import { entryLikeness, likeness } from "./fuzzy";

it("prefers the beginning, then words, then anywhere, then letters in order", () => {
  const scores = ["set", "set fields", "data set", "reset", "split entries", "http"].map((text) => likeness("set", text));
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
  expect(scores.at(-1)).toBe(0);
});

it("needs every word of the query, and takes signs as they are", () => {
  expect(entryLikeness("http req", [["HTTP request", 1]])).toBeGreaterThan(0);
  expect(entryLikeness("http zebra", [["HTTP request", 1]])).toBe(0);
  expect(likeness("c++ (x", "about c++ (x)")).toBeGreaterThan(0);
});

it("finds every text by itself and by any piece of itself", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (text, from, length) => {
      const piece = text.slice(from % text.length, (from % text.length) + 1 + (length % 5));
      expect(likeness(piece, text)).toBeGreaterThan(0);
    }),
  );
});
