import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { byRole, click, pass, type } from "../../ui/testing/render";
import { dialogAtom } from "../state/atoms";
import type { Finding } from "../server/types";
import { checkedAtom } from "./checks/atoms";
import { ChecksPanel } from "./checks/ChecksPanel";
import { PUBLISH } from "./ids";
import { lastRunAtom, typedInputsAtom } from "./run/atoms";
import { RunPanel } from "./run/RunPanel";
import { bench, problem } from "./testing/bench";
import { TestsPanel } from "./tests/TestsPanel";
import { TestsWork } from "./tests/TestsWork";
import { PublishDialog } from "./versions/PublishDialog";

afterEach(() => vi.unstubAllGlobals());

const GAP: Finding = {
  kind: "gap",
  severity: "warning",
  message: "No rule covers quantity 0.",
  rules: [],
  cells: [],
  example: { quantity: 0 },
  proposed_rule: { id: "r1", priority: 9, conditions: [{ column: "quantity", operator: "<", value: 100 }], outputs: {} },
};

function said(): string {
  return document.body.textContent ?? "";
}

it("adds the rule that closes a gap, at the end and under a free id, as one step of undo", async () => {
  const { atoms, store } = await bench(<ChecksPanel />);
  await act(async () => atoms.set(checkedAtom, { verification: { status: "findings", checks: [{ check: "gaps", status: "found" }], findings: [GAP], elapsed_ms: 3 }, isStale: false, problem: null }));
  expect(said()).toContain("Some inputs have no answer");
  await click(byRole("button", "Add the proposed rule"));
  const added = store.state().rules.at(-1);
  expect(added).toMatchObject({ conditions: GAP.proposed_rule?.conditions });
  expect(added?.id).not.toBe("r1");
  expect(added).not.toHaveProperty("priority");
  expect(store.pending).toHaveLength(1);
});

it("offers no change to those who may only look", async () => {
  const { atoms } = await bench(<ChecksPanel />, {}, { write: false });
  await act(async () => atoms.set(checkedAtom, { verification: { status: "findings", checks: [], findings: [GAP], elapsed_ms: 3 }, isStale: false, problem: null }));
  expect(byRole("button", "Add the proposed rule")).toBeUndefined();
});

it("runs what is typed, shows the answer, and records it as a test", async () => {
  const answer = { matched: true, outputs: { price: 8.5 }, rule_ids: ["r1"], version: "draft", trace: { rules: [{ rule_id: "r1", matched: true, conditions: [{ column: "quantity", operator: ">=", value: 100, input: 150, held: true }] }] } };
  const sent: unknown[] = [];
  const { asked } = await bench(<RunPanel />, { "POST /evaluate/": (body) => (sent.push(body), answer), "POST /tests/": (body) => (sent.push(body), { id: "c1", name: "x" }) });
  await type(document.querySelector("input"), "150");
  await click(byRole("button", "Run"));
  await pass();
  expect(said()).toContain("Matched");
  expect(said()).toContain("held for 150");
  await click(byRole("button", "Record as test"));
  await pass();
  expect(asked).toEqual(["POST /evaluate/", "POST /tests/"]);
  expect(sent).toEqual([
    { inputs: { quantity: 150 }, version: "draft", explain: true },
    { name: "quantity 150", inputs: { quantity: 150 }, expected: { matched: true, outputs: { price: 8.5 } } },
  ]);
});

it("says at the field what the server refuses", async () => {
  const { atoms } = await bench(<RunPanel />, { "POST /evaluate/": () => problem(422, "invalid_input", "An input is of the wrong type.", { "inputs.quantity": ["A number, please."] }) });
  await click(byRole("button", "Run"));
  await pass();
  expect(document.querySelector(".field .error")?.textContent).toContain("A number, please.");
  expect(atoms.get(lastRunAtom)).toBeNull();
});

it("goes from fields to JSON and back without losing anything", async () => {
  const { atoms } = await bench(<RunPanel />);
  await act(async () => atoms.set(typedInputsAtom, { kind: "given", inputs: { quantity: 5, customer_tier: "gold" } }));
  await click(byRole("button", "JSON"));
  expect(JSON.parse(document.querySelector("textarea")?.value ?? "")).toEqual({ quantity: 5, customer_tier: "gold" });
  await click(byRole("button", "Fields"));
  expect([...document.querySelectorAll("input")].map(({ value }) => value)).toEqual(["5", "gold"]);
});

it("publishes past failing tests only when told to", async () => {
  const sent: unknown[] = [];
  const { atoms } = await bench(<PublishDialog />, {
    "POST /publish/": (body) => {
      sent.push(body);
      const overrides = (body as { override_failing_tests?: boolean }).override_failing_tests === true;
      return overrides ? { published_version: 1 } : problem(409, "tests_failed", "A test failed.", { "Big order": ["outputs.price: expected 8.5, got 9."] });
    },
  });
  await act(async () => atoms.set(dialogAtom, { kind: "slot", id: PUBLISH }));
  await click(byRole("button", "Publish"));
  await pass(10);
  expect(said()).toContain("outputs.price: expected 8.5, got 9.");
  await click(byRole("button", "Publish anyway"));
  await pass(10);
  expect(sent).toEqual([{}, { override_failing_tests: true }]);
  expect(atoms.get(dialogAtom)).toBeNull();
});

it("shows what a failing test differs in, and which part of the rules tests reach", async () => {
  const report = {
    passed: false,
    totals: { passed: 0, failed: 1 },
    cases: [{ id: "c1", name: "Big order", passed: false, rule_ids: ["r1"], differences: [{ path: "outputs.price", expected: 8, actual: 8.5 }] }],
    coverage: { rules: { r1: 1 }, share: 1 },
  };
  const items = [{ id: "c1", name: "Big order", inputs: { quantity: 150 }, expected: { outputs: { price: 8 } } }];
  await bench(
    <>
      <TestsWork />
      <TestsPanel />
    </>,
    { "GET /tests/": () => ({ items }), "POST /tests/run/": () => report },
  );
  await pass(50);
  expect(said()).toContain("1 test fails, 0 pass.");
  expect(said()).toContain("1 of 1 rules are reached");
  expect(document.querySelector(".case-differences")?.textContent).toBe("outputs.priceexpected 8 but it was 8.5");
});
