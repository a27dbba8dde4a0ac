import { expect, test } from "vitest";
import { tableState, type Lost } from "../doc";
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
