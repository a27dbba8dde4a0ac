import { expect, test } from "vitest";
import { tableState } from "../../doc";
import type { GridColumn } from "../grid/columns";
import { completed, namesOf, offered, offersOf } from "./completion";

const STATE = tableState({
  input_columns: [
    { name: "quantity", type: "number", operators: [">=", "<"] },
    { name: "tier", type: "string", allowed_values: ["standard", "gold", "premium"] },
    { name: "city", type: "string" },
    { name: "vip", type: "boolean" },
  ],
  output_columns: [{ name: "price", type: "number" }],
  rules: [{ id: "r1", conditions: [{ column: "city", operator: "in", value: ["Oslo", "Rome"] }, { column: "city", operator: "==", value: "Rome" }] }],
});

function column(name: string): GridColumn {
  const side = name === "price" ? "output_columns" : "input_columns";
  const found = STATE[side].find((each) => each.name === name);
  return { kind: "cell", key: name, side, column: found ?? { name, type: "any" } };
}

const values = (text: string, name: string): string[] => offered(text, column(name), offersOf(STATE, column(name)), namesOf(STATE)).map(({ value }) => value);

test.each([
  ["", "quantity", [">=", "<"]],
  ["g", "tier", ["gold"]],
  ["gold, p", "tier", ["premium"]],
  ["gold", "tier", []],
  ["o", "city", ["Oslo"]],
  ["t", "vip", ["true"]],
  ["= qua", "price", ["quantity"]],
  ["= ", "price", []],
  ["? > cei", "quantity", ["ceiling("]],
])("%j in %s offers %j", (text, name, expected) => {
  expect(values(text, name)).toEqual(expected);
});

test("values that were typed before are offered once, in order", () => {
  expect(values("", "city").slice(0, 2)).toEqual(["Oslo", "Rome"]);
});

test.each([
  ["gold, p", "tier", "premium", { text: "gold, premium", open: false }],
  ["", "quantity", ">=", { text: ">= ", open: true }],
  ["= 2 * qua", "price", "quantity", { text: "= 2 * quantity", open: true }],
])("%j in %s takes %s", (text, name, value, expected) => {
  const all = [...offersOf(STATE, column(name)), ...namesOf(STATE)];
  expect(completed(text, column(name), all.find((each) => each.value === value) ?? { value, label: value })).toEqual(expected);
});
