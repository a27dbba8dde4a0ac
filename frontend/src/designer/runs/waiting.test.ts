/** What a waiting step says, whatever the server tells of it. */
import { expect, test } from "vitest";
import { newRun, stepsOf, withEvents, withRows, type NodeRow } from "./run-state";
import { waitWords } from "./waiting";

const ROW: NodeRow = { node_id: "a", node_name: "Ask", node_type: "approval", execution_order: 0, run_index: 0, status: "waiting", duration_ms: 0, items_in: 1, items_out: 0, retry_count: 0, started_at: null };
const waitOf = (row: Partial<NodeRow>) => stepsOf(withRows(newRun("x"), [{ ...ROW, ...row }]))[0]?.wait;

test("a wait is read with its kind, its end and the way to it", () => {
  expect(waitOf({ wait: { kind: "webhook", until: null, url: "https://x/webhook-waiting/1" } })).toEqual({ kind: "webhook", until: null, url: "https://x/webhook-waiting/1" });
  expect(waitOf({ wait: { kind: "approval", until: null, url: null, approval: "7" } })?.url).toBe("/approvals/7/");
  expect(waitOf({ wait: "soon" })).toBeNull();
  expect(waitOf({ wait: { kind: "form" }, status: "success" })).toBeNull();
});

test("an event that only says that it waits does not take away what for", () => {
  const read = withRows(newRun("x"), [{ ...ROW, wait: { kind: "form", until: null, url: "/f" } }]);
  const told = withEvents(read, [{ seq: 1, type: "node_execution_started", node_id: "a", execution_order: 0 }]);
  expect(stepsOf(told)[0]?.wait?.kind).toBe("form");
});

test("words for each kind, and for those that come later", () => {
  expect(waitWords({ kind: "approval", until: null, url: "" })).toBe("waits for an approval");
  expect(waitWords({ kind: "form", until: "2026-01-02T03:04:00Z", url: "" })).toMatch(/^waits for a form, until .*2026/);
  expect(waitWords({ kind: "time", until: "2026-01-02T03:04:00Z", url: "" })).toMatch(/^waits until .*2026/);
  expect(waitWords({ kind: "tide", until: null, url: "" })).toBe("waiting");
});
