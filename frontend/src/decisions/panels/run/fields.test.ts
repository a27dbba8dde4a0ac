import { expect, it } from "vitest";
import { tableState } from "../../../doc";
import { filled, inputFields, textsOf } from "./fields";

const TABLE = tableState({
  input_columns: [
    { name: "quantity", type: "number", label: "Quantity" },
    { name: "tier", type: "string", expression: "customer.tier", allowed_values: ["gold"] },
    { name: "total", type: "number", expression: 'quantity * price + sum(discounts) + number("3")' },
    { name: "risk", type: "string" },
  ],
  requires: [{ table: "risk", inputs: { age: "customer.age" }, provides: { risk: "level" } }],
});

it("asks for what columns, their expressions and required tables read, once each", () => {
  const names = inputFields(TABLE).map(({ name, type }) => `${name}: ${type}`);
  expect(names).toEqual(["quantity: number", "customer.tier: string", "price: any", "discounts: any", "customer.age: any"]);
});

it("builds nested inputs from typed texts and leaves empty fields out", () => {
  const fields = inputFields(TABLE);
  const texts = { quantity: "150", "customer.tier": "gold", "customer.age": "44", price: "" };
  const { inputs, faults } = filled(fields, texts);
  expect(inputs).toEqual({ quantity: 150, customer: { tier: "gold", age: 44 } });
  expect(faults).toEqual({});
  expect(textsOf(fields, inputs)).toMatchObject({ quantity: "150", "customer.tier": "gold", "customer.age": "44" });
});

it("says which field cannot be read", () => {
  expect(Object.keys(filled(inputFields(TABLE), { quantity: "many" }).faults)).toEqual(["quantity"]);
});
