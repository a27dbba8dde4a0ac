import { expect, it } from "vitest";
import type { ColumnType, Json } from "../server/types";
import { conditionText, readValue, shownValue, typedText, withRuleNumbers } from "./values";

it.each<[string, ColumnType, Json]>([
  ["", "number", null],
  [" 12 ", "number", 12],
  ["-.5e2", "number", -50],
  ["true", "boolean", true],
  ["gold ", "string", "gold "],
  ["12", "string", "12"],
  ["2026-01-01", "date", "2026-01-01"],
  ["1, b", "list", [1, "b"]],
  ['["a", 2]', "list", ["a", 2]],
  ["12", "any", 12],
  ["twelve", "any", "twelve"],
])("reads %j typed for %s", (text, type, value) => {
  expect(readValue(text, type)).toEqual({ value });
});

it.each<[string, ColumnType]>([
  ["12a", "number"],
  ["0x10", "number"],
  ["12345678901234567890", "number"],
  ["yes", "boolean"],
  ["[1", "list"],
])("says what is wrong with %j typed for %s", (text, type) => {
  expect(readValue(text, type)).toHaveProperty("fault");
});

it.each<[Json, ColumnType]>([
  [12, "any"],
  ["12", "any"],
  ["plain", "any"],
  [null, "string"],
  [[1, "b"], "list"],
  [true, "boolean"],
  ["P1D", "duration"],
])("writes %j of %s so that it is read back the same", (value, type) => {
  expect(readValue(typedText(value, type), type)).toEqual({ value });
});

it("shows conditions as the grid does", () => {
  expect(conditionText({ operator: ">=", value: 100 })).toBe("≥ 100");
  expect(conditionText({ operator: "between", value: [1, 5] })).toBe("1 … 5");
  expect(conditionText({ operator: "isEmpty" })).toBe("is empty");
  expect(conditionText({ feel: "" })).toBe("-");
  expect(shownValue(null)).toBe("–");
});

it("names rules by their numbers, and leaves values and parts of words alone", () => {
  const numberOf = (id: string) => ({ a: 1, "a-1": 2, "r.*": 3 })[id] ?? null;
  const said = withRuleNumbers('The rules a, a-1 and r.* ("a", b-a) are a pair of gone.', ["a", "a-1", "r.*", "gone"], numberOf);
  expect(said).toBe('The rules 1, 2 and 3 ("a", b-a) are 1 pair of gone.');
  expect(withRuleNumbers("as it is", [], numberOf)).toBe("as it is");
});
