import fc from "fast-check";
import { expect, it } from "vitest";
import { readCsv, writeCsv } from "./csv";

it.each([
  ["a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]],
  ["\uFEFFa;b\n1;2", [["a", "b"], ["1", "2"]]],
  ["a\tb\n1\t2\n\n", [["a", "b"], ["1", "2"]]],
  ['a,b\n"x ""y""\n z",', [["a", "b"], ['x "y"\n z', ""]]],
  ['a\n"never closed', [["a"], ["never closed"]]],
  ["", []],
])("reads %j", (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
});

it("lets no cell be run as a formula by a spreadsheet, and leaves numbers alone", () => {
  expect(writeCsv([["=1+1", "-5", "@x", "plain"]])).toBe("'=1+1,-5,'@x,plain\r\n");
});

it("reads back what it writes", () => {
  const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(rows, (given) => {
      const headed = [["first", "second", "third", "fourth"], ...given, ["end", "end"]];
      expect(readCsv(writeCsv(headed))).toEqual(headed);
    }),
    { numRuns: 60 },
  );
});
