/** Whatever order frames come in, and however often: the canvas shows what the last answer of the API says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LiveEvent } from "../../shell/socket";
import { connectionKey, type ConnectionState } from "../../doc";
import { overlayOf } from "./overlay-of";
import { newRun, withEvents, withNow, withRows, withStatus, type NodeRow, type RunState } from "./run-state";

const link = (source: string, target: string, source_output?: string): ConnectionState => ({ source, target, ...(source_output && { source_output }) });
const CONNECTIONS = [link("a", "b"), link("b", "c", "true"), link("b", "d", "false"), link("c", "b")];

const nodeRow: fc.Arbitrary<Omit<NodeRow, "execution_order">> = fc.record({
  node_id: fc.constantFrom("a", "b", "c", "d"),
  node_name: fc.constant("Step"),
  node_type: fc.constant("set"),
  run_index: fc.constant(0),
  status: fc.constantFrom("success", "error", "skipped", "canceled"),
  duration_ms: fc.nat(1000),
  items_in: fc.nat(9),
  items_out: fc.nat(9),
  retry_count: fc.nat(2),
  started_at: fc.constant(null),
  error: fc.constantFrom(null, { message: "It failed", parameter: "url" }),
  output: fc.dictionary(fc.constantFrom("main", "true", "false"), fc.array(fc.constant({ json: {} }), { maxLength: 3 })),
});
const rowsOf = fc.array(nodeRow, { maxLength: 12 }).map((rows): NodeRow[] => rows.map((row, at) => ({ ...row, execution_order: at })));

function completed(row: NodeRow): LiveEvent {
  const { node_id, node_name, node_type, execution_order, run_index, status, duration_ms, items_in, items_out, retry_count, error } = row;
  const event = { node_id, node_name, node_type, execution_order, run_index, status, duration_ms, items_in, items_out, retry_count, error };
  return { seq: 0, type: "node_execution_completed", ...event };
}

type Apply = (run: RunState) => RunState;

/** Everything that may be told of these rows before they are read. */
function applies(rows: readonly NodeRow[]): Apply[] {
  return [
    (run) => withEvents(run, [{ seq: 0, type: "execution_started" }]),
    ...rows.flatMap((row): Apply[] => [
      (run) => withNow(run, row),
      (run) => withEvents(run, [{ ...completed(row), type: "node_execution_started", status: "" }]),
      (run) => withEvents(run, [completed(row)]),
      (run) => withRows(run, [row]),
    ]),
    (run) => withEvents(run, [{ seq: 0, type: "execution_completed", status: "success", total_duration_ms: 12 }]),
  ];
}

const whole = (rows: readonly NodeRow[]) => withStatus(withRows(newRun("x"), rows), "success", 12);

describe("frames", () => {
  test("in any order and twice come to what the API answers at the end", () => {
    fc.assert(
      fc.property(
        rowsOf.chain((rows) => fc.tuple(fc.constant(rows), fc.array(fc.constantFrom(...applies(rows)), { maxLength: 60 }))),
        ([rows, told]) => {
          const run = told.reduce((now, apply) => apply(now), newRun("x"));
          const last = withStatus(withRows(run, rows), "success", 12);
          expect(overlayOf(last, CONNECTIONS)).toEqual(overlayOf(whole(rows), CONNECTIONS));
        },
      ),
    );
  });

  test("alone, each told at least once, they give every node what the API gives it", () => {
    fc.assert(
      fc.property(
        rowsOf.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 }))),
        ([rows, told]) => {
          const run = told.reduce((now, row) => withEvents(now, [completed(row)]), newRun("x"));
          expect(overlayOf(run, []).nodes).toEqual(overlayOf(whole(rows), []).nodes);
        },
      ),
    );
  });

  test("what runs now is shown, until it is written", () => {
    const running = withNow(newRun("x"), { node_id: "a", node_name: "A", execution_order: 0 });
    expect(overlayOf(running, []).nodes.get("a")).toMatchObject({ status: "running", milliseconds: null });
    const waiting = withEvents(running, [{ seq: 2, type: "node_execution_started", node_id: "a", execution_order: 0 }]);
    expect(overlayOf(waiting, []).status).toBe("waiting");
    const toldAgain = withNow(waiting, { node_id: "a", node_name: "A", execution_order: 0 });
    expect(overlayOf(toldAgain, []).nodes.get("a")?.status).toBe("waiting");
  });
});

describe("counts of connections", () => {
  const rows: NodeRow[] = [row("a", 0, { main: 3 }), row("b", 1, { true: 2, false: 1 }), row("c", 2, { main: 2 }), row("b", 3, { true: 1 }), row("c", 4, {})];
  const edges = overlayOf(whole(rows), CONNECTIONS).edges;

  test.each([
    ["a", "b", "main", 3],
    ["b", "c", "true", 3],
    ["c", "b", "main", 2],
  ])("%s to %s by %s: the sum over all rounds", (source, target, port, items) => {
    expect(edges.get(`${source}:${port}>${target}:main`)).toBe(items);
  });

  test("what leads to a step that never ran was not taken", () => {
    expect(edges.get(connectionKey(link("b", "d", "false")))).toBeUndefined();
  });

  test("before the data are read, what arrived counts", () => {
    const told = withEvents(newRun("x"), [row("a", 0, { main: 4 }), row("b", 1, { true: 4 }), row("c", 2, {}, 4)].map(completed));
    expect(overlayOf(told, CONNECTIONS.slice(0, 3)).edges.get("b:true>c:main")).toBe(4);
  });
});

test("going back in a run shows only what had happened by then", () => {
  const run = whole([row("a", 0, { main: 3 }), row("b", 1, { true: 2 }), row("c", 2, {})]);
  const after = (steps: number) => overlayOf(run, CONNECTIONS, steps);
  expect([...after(0).nodes.keys()]).toEqual([]);
  expect([...after(2).nodes.keys()]).toEqual(["a", "b"]);
  expect([...after(2).edges.keys()]).toEqual(["a:main>b:main"]);
  expect(after(3)).toEqual({ ...overlayOf(run, CONNECTIONS) });
});

test("what had not ended when the run was stopped is canceled", () => {
  const running = withNow(newRun("x"), { node_id: "a", node_name: "A", execution_order: 0 });
  expect(overlayOf(withStatus(running, "canceled", 5), []).nodes.get("a")?.status).toBe("canceled");
});

function row(node: string, order: number, ports: Record<string, number>, itemsIn = 0): NodeRow {
  const output = Object.fromEntries(Object.entries(ports).map(([port, count]) => [port, Array.from({ length: count }, () => ({ json: {} }))]));
  const items_out = Object.values(ports).reduce((sum, count) => sum + count, 0);
  return { node_id: node, node_name: node, node_type: "set", execution_order: order, run_index: 0, status: "success", duration_ms: 1, items_in: itemsIn, items_out, retry_count: 0, started_at: null, output };
}
