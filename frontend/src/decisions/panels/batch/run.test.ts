import { expect, it } from "vitest";
import type { BatchRow, Values } from "../../server/types";
import { AT_ONCE, factsOf, runBatch } from "./run";

const rows = (count: number): Values[] => Array.from({ length: count }, (_each, at) => ({ at }));
const answer = (inputs: readonly Values[]): BatchRow[] =>
  inputs.map(({ at }, index) => (Number(at) % 3 === 0 ? { index, error: { code: "invalid_input", message: "no" } } : { index, matched: Number(at) % 3 === 1, outputs: {}, rule_ids: [] }));

it("asks in parts, tells how far it is, and numbers rows through", async () => {
  const told: number[] = [];
  const batch = await runBatch(rows(AT_ONCE * 2 + 1), new AbortController().signal, { evaluate: async (inputs) => answer(inputs), told: (done) => told.push(done) });
  expect(told).toEqual([0, AT_ONCE, AT_ONCE * 2, AT_ONCE * 2 + 1]);
  expect(batch.results.map(({ index }) => index)).toEqual(rows(AT_ONCE * 2 + 1).map(({ at }) => at));
  expect(factsOf(batch)).toEqual({ rows: 1001, matched: 334, unmatched: 333, failed: 334 });
});

it("stops between two parts", async () => {
  const stop = new AbortController();
  const work = runBatch(rows(AT_ONCE * 2), stop.signal, { evaluate: async (inputs) => (stop.abort(), answer(inputs)), told: () => {} });
  await expect(work).rejects.toThrow();
});
