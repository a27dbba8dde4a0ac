import { expect, test } from "vitest";
import { cellText, columnsOf, columnType, MAX_CELL, typeName } from "./rows";

test("columns are the names of all rows in the order in which they first appear", () => {
  expect(columnsOf([{ a: 1, b: 2 }, { b: 3, c: 4 }])).toEqual(["a", "b", "c"]);
});

test("columns stop at the limit", () => {
  expect(columnsOf([{ a: 1, b: 2, c: 3 }], 2)).toEqual(["a", "b"]);
});

test("cells show texts as they are and everything else as JSON", () => {
  expect([cellText("x"), cellText(null), cellText([1]), cellText(undefined)]).toEqual(["x", "null", "[1]", ""]);
});

test("a long cell is cut", () => {
  expect(cellText("x".repeat(5000))).toBe(`${"x".repeat(MAX_CELL)}…`);
});

test("types are named for people", () => {
  expect([typeName([]), typeName({}), typeName(1), typeName(null)]).toEqual(["list", "object", "number", ""]);
});

test("a column has the type of the first row that has it", () => {
  expect(columnType([{}, { a: null }, { a: "x" }], "a")).toBe("string");
});
