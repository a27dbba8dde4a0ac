import { expect, it } from "vitest";
import type { InputColumn } from "../../server/types";
import { readRows, resultCsv, resultJson, UnreadableFile } from "./rows";

const COLUMNS: InputColumn[] = [
  { name: "quantity", type: "number", label: "Quantity" },
  { name: "customer_tier", type: "string", label: "Customer Tier" },
];

it("takes the columns of a spreadsheet by name or label, and leaves others out", () => {
  const rows = readRows("Customer tier;QUANTITY;note\npremium;150;x\n;many;y\n", COLUMNS);
  expect(rows).toEqual([
    { customer_tier: "premium", quantity: 150 },
    { customer_tier: null, quantity: "many" },
  ]);
});

it("takes a JSON list, or the body of a call", () => {
  expect(readRows('[{"quantity": 1}]', COLUMNS)).toEqual([{ quantity: 1 }]);
  expect(readRows(' {"inputs": [{"quantity": 2}]}', COLUMNS)).toEqual([{ quantity: 2 }]);
});

it.each(["", "other\n1", "[1, 2]", "[broken", '{"no": "rows"}', "[]"])("says what is wrong with %j", (text) => {
  expect(() => readRows(text, COLUMNS)).toThrow(UnreadableFile);
});

const INPUTS = [{ quantity: 150 }, { quantity: "many" }];
const RESULTS = [
  { index: 0, matched: true, outputs: { price: 8.5 }, rule_ids: ["r1", "r2"] },
  { index: 1, error: { code: "invalid_input", message: "quantity: a number, please" } },
];

it("writes answers and faults beside their inputs", () => {
  const written = resultCsv(INPUTS, RESULTS, [{ name: "price", type: "number" }]);
  expect(written.split("\r\n")).toEqual(["quantity,price,matched,rules,error", "150,8.5,true,r1 r2,", 'many,,,,"quantity: a number, please"', ""]);
  expect(JSON.parse(resultJson(INPUTS, RESULTS))).toHaveLength(2);
});
