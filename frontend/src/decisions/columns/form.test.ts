import { expect, test } from "vitest";
import { columnFrom, formOf, nameFrom } from "./form";

const FREE = new Set<string>();

test.each([
  ["Customer Tier", "customer_tier"],
  ["Größe (cm) – „Länge“", "grosse_cm_lange"],
  ["STRASSE GROẞ", "strasse_gross"],
  ["Smørrebrød Łódź Æble cœur", "smorrebrod_lodz_aeble_coeur"],
  ["İstanbul ışık", "istanbul_isik"],
  ["Цена, m²", "цена_m2"],
  ["가격", "가격"],
  ["2nd price", "_2nd_price"],
  ["Discount %", "discount"],
])("the name of “%s”", (label, name) => {
  expect(nameFrom(label)).toBe(name);
});

test("a form of a column gives the same column", () => {
  const column = { name: "tier", type: "string", label: "Tier", operators: ["==", "in"], expression: "customer.tier", allowed_values: ["gold", "a, b"] };
  expect(columnFrom(formOf(column), "input_columns", FREE)).toEqual({ column });
});

test("what cannot be is told by its field", () => {
  const form = { ...formOf(null, "number"), name: "-x", allowed: "1\ntwo", fallback: "cheap" };
  const made = columnFrom(form, "output_columns", FREE);
  expect("faults" in made && Object.keys(made.faults)).toEqual(["name", "allowed", "fallback"]);
  expect(columnFrom({ ...formOf(null), name: "tier" }, "input_columns", new Set(["tier"]))).toMatchObject({ faults: { name: "There is a column with this name." } });
});

test("what belongs to the other side is left out", () => {
  const form = { ...formOf(null, "number"), label: "Price", operators: [">="], expression: "x", fallback: "1.5" };
  expect(columnFrom(form, "output_columns", FREE)).toEqual({ column: { name: "price", type: "number", label: "Price", default_value: 1.5 } });
});
