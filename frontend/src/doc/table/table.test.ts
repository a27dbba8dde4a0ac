import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../json";
import type { Draft } from "../operations";
import { Refusal } from "../refusal";
import { DocumentStore } from "../store";
import { History } from "../history";
import * as gestures from "./gestures";
import { tableResource } from "./resource";
import { conditionsOf, tableState, type RuleState, type TableState } from "./state";

const test = (operator: string, value: Json) => ({ operator, value });
const rule = (id: string, conditions: Json = [], outputs: Json = {}): RuleState => ({ id, conditions, outputs });

const PRICING = tableState({
  schema_version: 1,
  input_columns: [{ name: "quantity", type: "number" }, { name: "tier", type: "string" }],
  output_columns: [{ name: "price", type: "number" }],
  rules: [
    rule("r1", [{ column: "quantity", operator: ">=", value: 100 }, { column: "tier", operator: "==", value: "gold" }], { price: 8.5 }),
    rule("r2", [{ column: "tier", operator: "==", value: "gold" }], { price: 9.5 }),
    rule("r3"),
  ],
  default_outputs: { price: 10 },
});

const ids = (state: TableState): string => state.rules.map(({ id }) => id).join(" ");
const after = (state: TableState, drafts: readonly Draft[]): TableState => drafts.reduce((reached, draft) => tableResource.apply(reached, draft), state);
const bulk = (rules: Json, places: Json): Draft => ({ type: "rules_changed", path: ["rules"], new: { rules, after: places } });

describe("many rules at once", () => {
  it("the example of the contract: one goes, one comes", () => {
    const draft = bulk({ r2: null, n: rule("n") }, { n: "r3" });
    expect(ids(after(PRICING, [draft]))).toBe("r1 r3 n");
    expect(tableResource.old(PRICING, draft)).toEqual({ rules: { r2: PRICING.rules[1], n: null }, after: { r2: "r1" } });
  });

  it.each([
    [{ r1: "r3" }, "r2 r3 r1"],
    [{ r3: null, r2: "r3" }, "r3 r2 r1"],
    [{ b: "a", a: "r1", c: "b" }, "r1 a b c r2 r3"],
  ])("places %j make %s", (places, expected) => {
    const fresh = Object.fromEntries(Object.keys(places).filter((id) => id.length === 1).map((id) => [id, rule(id)]));
    expect(ids(after(PRICING, [bulk(fresh, places)]))).toBe(expected);
  });

  it.each([[{ a: rule("a") }, { a: "nowhere" }], [{}, { r1: "r2", r2: "r1" }], [{}, { r1: "r3", r2: "r3" }], [{ a: rule("a") }, {}], [{ x: null }, {}]])("%j %j is refused", (rules, places) => {
    expect(() => after(PRICING, [bulk(rules, places)])).toThrow(Refusal);
  });

  it("rules that are moved together keep their order, and nothing happens to those that stand there", () => {
    expect(ids(after(PRICING, gestures.moveRules(PRICING, ["r3", "r2"], null)))).toBe("r2 r3 r1");
    expect(ids(after(PRICING, gestures.moveRules(PRICING, ["r1", "r2"], "r2")))).toBe("r1 r2 r3");
    expect(gestures.moveRules(PRICING, ["r1", "r2"], "r2")).toEqual([]);
  });

  it("two thousand new rules go in pieces, each behind the one before", () => {
    const many = Array.from({ length: 2_000 }, (_, at) => rule(`n${at}`, [{ column: "tier", operator: "==", value: "x".repeat(200) }]));
    const drafts = gestures.addRules(many, "r2");
    expect(drafts.length).toBeGreaterThan(2);
    const state = after(PRICING, drafts);
    expect(state.rules.slice(2, 2_002).map(({ id }) => id)).toEqual(many.map(({ id }) => id));
  });
});

describe("columns", () => {
  it("a name changes wherever it is said", () => {
    const state = after(PRICING, gestures.changeColumn(PRICING, "output_columns", "price", { name: "unit", type: "number" }));
    expect(state["default_outputs"]).toEqual({ unit: 10 });
    expect(state.rules[0]?.["outputs"]).toEqual({ unit: 8.5 });
  });

  it("numbers become text, and text that is no number is refused", () => {
    const state = after(PRICING, gestures.changeColumn(PRICING, "output_columns", "price", { name: "price", type: "string" }));
    expect([state.rules[0]?.["outputs"], state["default_outputs"]]).toEqual([{ price: "8.5" }, { price: "10" }]);
    expect(() => after(PRICING, gestures.changeColumn(PRICING, "input_columns", "tier", { name: "tier", type: "number" }))).toThrow("do not fit");
  });

  it.each([
    [{ type: "column_added", path: ["input_columns", "tier"], new: { column: { name: "tier", type: "any" }, after: null } }, "column_exists"],
    [{ type: "column_removed", path: ["input_columns", "none"] }, "column_not_found"],
    [{ type: "cell_changed", path: ["rules", "r1", "conditions", "none"], new: null }, "column_not_found"],
    [{ type: "cell_changed", path: ["rules", "r1", "conditions", "tier"], new: [] }, "cell_invalid"],
    [{ type: "rule_changed", path: ["rules", "r1", "id"], new: "x" }, "unknown_field"],
    [{ type: "settings_changed", path: ["rules"], new: null }, "unknown_field"],
  ])("%j is refused with %s", (draft, code) => {
    expect(() => tableResource.apply(PRICING, draft)).toThrow(expect.objectContaining({ code }));
  });
});

/** Everything that people do, chosen by numbers. */
function edit(state: TableState, kind: number, a: number, b: number): Draft[] {
  const id = state.rules[a % Math.max(1, state.rules.length)]?.id ?? "none";
  const other = b % 4 === 0 ? null : (state.rules[b % Math.max(1, state.rules.length)]?.id ?? null);
  const input = state.input_columns[a % Math.max(1, state.input_columns.length)]?.name ?? "none";
  const all = state.rules.map((each) => each.id);
  const edits = [
    () => gestures.setCells(state, [{ rule: id, side: "input_columns", column: input, cell: b % 3 ? [test("==", b)] : null }]),
    () => gestures.setCells(state, all.map((each) => ({ rule: each, side: "output_columns" as const, column: "price", cell: b }))),
    () => gestures.addRules([rule(`n${a}.${b}`), rule(`m${a}.${b}`)].filter((each) => !all.includes(each.id)), other),
    () => gestures.removeRules(state, [id, ...(other === null || other === id ? [] : [other])]),
    () => gestures.moveRules(state, [id, all[(a + 1) % Math.max(1, all.length)] ?? id], other),
    () => gestures.setRuleField(state, id, "annotation", b % 2 ? `note ${b}` : null),
    () => gestures.moveColumn(state, "input_columns", input, null),
    () => gestures.removeColumn(state, "input_columns", input),
    () => (state.input_columns.some(({ name }) => name === `c${b}`) ? [] : gestures.addColumn(state, "input_columns", { name: `c${b}`, type: "any" })),
    () => (state.input_columns.some(({ name }) => name === `c${b}`) ? [] : gestures.changeColumn(state, "input_columns", input, { name: `c${b}`, type: "any" })),
    () => gestures.setDefault(state, "price", b % 2 ? b : null),
  ];
  return edits[kind % edits.length]?.() ?? [];
}

/** The order of conditions of different columns says nothing, and a missing list is an empty one. */
function meaning(state: TableState): unknown {
  const order = (one: { column: string }, other: { column: string }) => one.column.localeCompare(other.column);
  const rules = state.rules.map((each) => ({ ...each, conditions: conditionsOf(each).toSorted(order), outputs: each["outputs"] ?? {} }));
  return { ...state, rules, default_outputs: state["default_outputs"] ?? {} };
}

it("whatever is done is taken back by undo, and done again by redo", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(10), fc.nat(30), fc.nat(30)), { maxLength: 12 }), (steps) => {
      const store = new DocumentStore(tableResource, { seq: 0, epoch: 1, state: PRICING });
      const history = new History(store);
      for (const [kind, a, b] of steps) history.commit(edit(store.state(), kind, a, b));
      const done = meaning(store.state());
      while (history.undoable !== null) expect(history.undo()).toMatchObject({ done: true });
      expect(meaning(store.state())).toEqual(meaning(PRICING));
      while (history.redoable !== null) history.redo();
      expect(meaning(store.state())).toEqual(done);
    }),
    { numRuns: 60 },
  );
});

it("one cell of two thousand rules is quick, and other rules keep their identity", () => {
  const many = { ...PRICING, rules: Array.from({ length: 2_000 }, (_, at) => rule(`n${at}`)) };
  const store = new DocumentStore(tableResource, { seq: 0, epoch: 1, state: many });
  const start = performance.now();
  for (let at = 0; at < 20; at += 1) store.commit(gestures.setCells(store.state(), [{ rule: `n${at}`, side: "input_columns", column: "tier", cell: [test("==", "gold")] }]));
  expect((performance.now() - start) / 20).toBeLessThan(10);
  expect(store.state().rules[1_000]).toBe(many.rules[1_000]);
});
