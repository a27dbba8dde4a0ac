import { expect, it } from "vitest";
import { tableState } from "../../../doc";
import { suggested } from "./suggest";

it("wires columns of the same name", () => {
  const other = { id: "1", name: "tiers", label: "Tiers", input_columns: [{ name: "revenue" }], output_columns: [{ name: "tier" }, { name: "note" }] };
  const table = tableState({ input_columns: [{ name: "tier", type: "string" }, { name: "quantity", type: "number" }] });
  expect(suggested(other, table)).toEqual({ table: "tiers", inputs: { revenue: "revenue" }, provides: { tier: "tier" } });
});
