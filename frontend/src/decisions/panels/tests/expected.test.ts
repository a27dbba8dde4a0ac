import { expect, it } from "vitest";
import type { InputField } from "../run/fields";
import type { Expected, OutputColumn } from "../../server/types";
import { EMPTY, readCase, typedCase } from "./expected";

const FIELDS: InputField[] = [{ name: "quantity", label: "Quantity", type: "number", allowed: [] }];
const OUTPUTS: OutputColumn[] = [
  { name: "price", type: "number" },
  { name: "note", type: "string" },
];

it.each<Expected>([
  { matched: true, outputs: { price: 8.5, note: null } },
  { matched: false },
  { error: "invalid_input" },
  { rule_ids: ["r1"], outputs: { gone_column: [1] } },
  {},
])("keeps %j through the form", (expected) => {
  const test = { id: "1", name: "A test", inputs: { quantity: 150, other: { deep: true } }, expected };
  const { content, faults } = readCase(typedCase(test, FIELDS, OUTPUTS), FIELDS, OUTPUTS);
  expect(content).toEqual({ name: "A test", inputs: test.inputs, expected });
  expect(faults).toEqual({});
});

it("tells nothing from what is left out, and from a text that says null", () => {
  const typed = { ...EMPTY, name: "x", outputs: { price: null, note: "null" } };
  expect(readCase(typed, FIELDS, OUTPUTS).content.expected).toEqual({ outputs: { price: null, note: "null" } });
  expect(readCase({ ...typed, outputs: { price: "", note: " " } }, FIELDS, OUTPUTS).content.expected).toEqual({});
});

it("names every field that is wrong", () => {
  const typed = { ...EMPTY, inputs: { quantity: "x" }, outputs: { price: "y" }, matched: "error" as const };
  expect(Object.keys(readCase(typed, FIELDS, OUTPUTS).faults).toSorted()).toEqual(["error", "inputs.quantity", "name", "outputs.price"]);
});
