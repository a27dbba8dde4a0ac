import { expect, test } from "vitest";
import { tableState, type Lost } from "../doc";
import { salvaged } from "../doc/table/salvage";
import { lostLines, lostPlace, lostTsv } from "./grid/lost-texts";
import { faultOf } from "./LostSync";

const STATE = tableState({ input_columns: [{ name: "quantity", type: "number" }], output_columns: [{ name: "price", type: "number" }], rules: [{ id: "r1" }] });

function lost(path: readonly string[], value: Lost["current"], more: Partial<Lost> = {}): Lost {
  const operations = [{ op_id: "o", type: "cell_changed", path, new: value }];
  return { id: "l", n: 1, label: "Type", code: "cell_invalid", message: "Rule r1, conditions[0].feel: The text ends.", path, current: null, operations, ...more };
}

test("a cell that was refused keeps what was typed, with the reason", () => {
  expect(faultOf(lost(["rules", "r1", "conditions", "quantity"], [{ feel: "? +" }]), STATE)).toEqual({
    rule: "r1",
    key: "in:quantity",
    faulty: { text: "? +", fault: "The text ends." },
  });
  expect(faultOf(lost(["rules", "r1", "outputs", "price"], { feel: "1 +" }), STATE)?.faulty?.text).toBe("= 1 +");
});

test.each([
  ["a rule that is gone", lost(["rules", "r9", "outputs", "price"], 1)],
  ["a column that is gone", lost(["rules", "r1", "outputs", "cost"], 1)],
  ["a conflict", lost(["rules", "r1", "outputs", "price"], 1, { code: "undo_conflict" })],
])("%s is left to the dialog of what was not taken", (_name, entry) => {
  expect(faultOf(entry, STATE)).toBeNull();
});

const A = { id: "a", conditions: [{ column: "quantity", operator: ">", value: 1 }, { column: "quantity", feel: "? +" }], outputs: { price: 2 } };
const B = { id: "b", conditions: [], outputs: { price: 3 }, annotation: "late" };
const PASTE = { op_id: "p", type: "rules_changed", path: ["rules"], new: { rules: { a: A, b: B }, after: { a: "r1", b: "a" } } };

test("of rules that were refused all is done but the cells that the server named", () => {
  const faults = { "rules[0].conditions[1].feel": ["The text ends."], "rules[1].outputs.price": ["No number."] };
  const found = salvaged(STATE, [{ op_id: "o", type: "rule_changed", path: ["rules", "r1", "annotation"], new: "x" }, PASTE], "p", faults);
  expect(found?.bad.map(({ rule, column, fault }) => [rule, column, fault])).toEqual([["a", "quantity", "The text ends."], ["b", "price", "No number."]]);
  expect(found?.drafts).toEqual([
    { type: "rule_changed", path: ["rules", "r1", "annotation"], new: "x" },
    { ...PASTE, op_id: undefined, new: { rules: { a: { ...A, conditions: [] }, b: { ...B, outputs: {} } }, after: { a: "r1", b: "a" } } },
  ]);
});

test("a rule that was there keeps its cell, and what is no cell is not mended", () => {
  const state = tableState({ ...STATE, rules: [{ id: "a", outputs: { price: 7 } }] });
  const bulk = { ...PASTE, new: { rules: { a: A } } };
  expect(salvaged(state, [bulk], "p", { "rules[0].outputs.price": ["No."] })?.drafts[0]?.new).toEqual({ rules: { a: { ...A, outputs: { price: 7 } } } });
  expect(salvaged(state, [bulk], "p", { "rules[0].annotation": ["Too long."] })).toBeNull();
});

test("what was not taken is told by rule and column, and copied as cells of the grid", () => {
  const entry = lost(["rules"], null, { operations: [PASTE] });
  expect(lostPlace(entry, STATE)).toBe("2 rules");
  expect(lostLines(entry, STATE)).toContainEqual({ place: "New rule › price", text: "2" });
  expect(lostTsv(entry, STATE)?.split("\n")[1]).toBe("\t3\tlate");
  const one = lost(["rules", "r1", "outputs", "price"], 4);
  expect([lostPlace(one, STATE), lostLines(one, STATE)?.[0]?.text, lostTsv(one, STATE)]).toEqual(["Rule 1 › price", "4", "4"]);
});
