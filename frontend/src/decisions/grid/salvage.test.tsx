import { act } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { Refusal, tableGestures } from "../../doc";
import { pass } from "../../ui/testing/render";
import { bench, type Bench } from "../panels/testing/bench";
import { settleLost } from "../LostSync";
import { useTableModel, type TableModel } from "../state/model";
import { refusedCellsAtom, saidAtom } from "../state/atoms";

let at: Bench;
let model: TableModel;

function Probe() {
  model = useTableModel();
  return null;
}

beforeEach(async () => {
  vi.useRealTimers();
  at = await bench(<Probe />);
  await pass();
});

test("rules that the server refused for one cell come back without it, as one step of undo", async () => {
  const { document } = model;
  const rules = [{ id: "a", outputs: { price: 1 } }, { id: "b", conditions: [{ column: "customer_tier", operator: "matches", value: "(?=x)" }], outputs: { price: 2 } }];
  const group = document.history.commit(tableGestures.addRules(rules, "r1"), { label: "Paste" });
  const [operation] = group?.operations ?? [];
  at.store.refuse(operation?.op_id ?? "", new Refusal("cell_invalid", "Rule b: no.", ["rules"], null, { "rules[1].conditions[0].value": ["No pattern."] }));
  expect([at.store.state().rules.length, document.history.undoable]).toEqual([1, null]);
  await act(async () => void at.store.lost.forEach((entry) => settleLost(at.atoms, model, entry)));
  expect(at.store.state().rules.map((rule) => [rule.id, rule["outputs"]])).toEqual([["r1", { price: 8.5 }], ["a", { price: 1 }], ["b", { price: 2 }]]);
  expect(at.atoms.get(refusedCellsAtom)).toEqual([{ rule: "b", part: "condition", column: "customer_tier", text: "matches (?=x)", fault: "No pattern." }]);
  expect([at.store.lost, at.atoms.get(saidAtom), document.history.undoable]).toEqual([[], "1 cell not taken.", "Paste"]);
});
