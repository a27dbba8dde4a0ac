import { expect, test } from "vitest";
import type { Json } from "../../doc/json";
import { MAX_ROWS, schemaRows, searchSchema } from "./schema";

const all = { toggled: new Set<string>(), levels: 100 };
const brief = (rows: ReturnType<typeof schemaRows>) => rows.map((row) => [row.path.join("."), row.kind, row.sample]);

test("fields of all items appear once, with the first value that is not null", () => {
  expect(brief(schemaRows([{ a: null }, { a: "x", b: 1 }], all))).toEqual([["a", "text", "x"], ["b", "number", 1]]);
});

test("entries of a list are one field", () => {
  const rows = schemaRows([{ lines: [{ sku: "A" }, { sku: "B", price: 2 }] }], all);
  expect(rows.map((row) => row.path)).toEqual([["lines"], ["lines", 0], ["lines", 0, "sku"], ["lines", 0, "price"]]);
});

test("only what is open is gone through, and the rows are bounded", () => {
  expect(schemaRows([{ a: { b: 1 } }], { toggled: new Set(), levels: 0 }).map((row) => row.isOpen)).toEqual([false]);
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, at]));
  expect(schemaRows([wide], all)).toHaveLength(MAX_ROWS);
  expect(schemaRows([JSON.parse('{"a":'.repeat(80) + "1" + "}".repeat(80)) as Json], all)).toHaveLength(80);
});

test("a search keeps what it finds and what that lies in", () => {
  const items = [{ customer: { name: "Ada", age: 3 }, other: 1 }];
  expect(searchSchema(items, "NAM").map((row) => row.path.join("."))).toEqual(["customer", "customer.name"]);
  expect(searchSchema(items, "ada").map((row) => row.key)).toEqual(["customer", "name"]);
  expect(searchSchema(items, "zzz")).toEqual([]);
});
