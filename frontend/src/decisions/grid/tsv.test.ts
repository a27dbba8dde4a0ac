import fc from "fast-check";
import { expect, test } from "vitest";
import { readTsv, writeTsv } from "./tsv";

test.each([
  ["a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]],
  ['"two\nlines"\t"say ""hi"""', [["two\nlines", 'say "hi"']]],
  ['"gold", "silver"\tx', [['"gold", "silver"', "x"]]],
  ["a\t\t\n\tb", [["a", "", ""], ["", "b"]]],
  ["x", [["x"]]],
])("%j", (text, rows) => {
  expect(readTsv(text)).toEqual(rows);
});

test("what is written is read as the same", () => {
  const cell = fc.string({ maxLength: 6, unit: fc.constantFrom("a", '"', "\t", "\n", ",", " ") });
  fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), (rows) => {
    fc.pre(rows.at(-1)?.join("") !== "");
    expect(readTsv(writeTsv(rows))).toEqual(rows);
  }), { numRuns: 100 });
});
