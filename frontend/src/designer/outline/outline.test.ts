import fc from "fast-check";
import { expect, test } from "vitest";
import { workflowState, type NodeState } from "../../doc";
import { outlineOf } from "./outline";

const isTrigger = (node: NodeState) => node.type === "manual";
const isShown = (node: NodeState) => node.type !== "sticky_note";
const node = (id: string, type = "set") => ({ id, type, name: id });
const link = (source: string, target: string, source_output = "main") => ({ source, source_output, target, target_input: "main" });
const rows = (nodes: object[], connections: object[]) =>
  outlineOf(workflowState({ nodes, connections } as never), isTrigger, isShown).map((row) => `${"  ".repeat(row.level - 1)}${row.branch ? `${row.branch}: ` : ""}${row.node.id}${row.isJump ? " ↑" : ""}`);

test("a chain stays on one level", () => {
  expect(rows([node("b"), node("a", "manual"), node("c")], [link("a", "b"), link("b", "c")])).toEqual(["a", "b", "c"]);
});

test("branches go deeper, in the order of their connections, and meet again by name", () => {
  const nodes = [node("start", "manual"), node("if"), node("yes"), node("no"), node("end")];
  const links = [link("start", "if"), link("if", "yes", "true"), link("if", "no", "false"), link("yes", "end"), link("no", "end")];
  expect(rows(nodes, links)).toEqual(["start", "if", "  true: yes", "  end", "  false: no", "  end ↑"]);
});

test("a loop ends where it began", () => {
  expect(rows([node("a", "manual"), node("b")], [link("a", "b"), link("b", "b")])).toEqual(["a", "b", "b ↑"]);
});

test("what nothing leads to stands at the end, notes nowhere", () => {
  expect(rows([node("note", "sticky_note"), node("x"), node("y"), node("a", "manual")], [link("x", "y"), link("y", "x")])).toEqual(["a", "x", "y", "x ↑"]);
});

test("dangling connections are no reason to fail", () => {
  expect(rows([node("a", "manual")], [link("a", "gone"), link("gone", "a")])).toEqual(["a"]);
});

test("every node stands in it exactly once, whatever the graph", () => {
  const graph = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom("main", "true", "error")), { maxLength: 30 }),
      triggers: fc.array(fc.nat(count - 1), { maxLength: 3 }),
    }),
  );
  fc.assert(
    fc.property(graph, ({ count, links, triggers }) => {
      const nodes = Array.from({ length: count }, (_each, at) => node(`n${at}`, triggers.includes(at) ? "manual" : "set"));
      const state = workflowState({ nodes, connections: links.map(([from, to, port]) => link(`n${from}`, `n${to}`, port)) } as never);
      const found = outlineOf(state, isTrigger, isShown);
      expect(found.filter(({ isJump }) => !isJump).map((row) => row.node.id).sort()).toEqual(nodes.map(({ id }) => id).sort());
      for (const row of found) expect(row.position).toBeLessThanOrEqual(row.count);
    }),
  );
});

test("two thousand steps in a row or nested do not overflow", () => {
  const nodes = Array.from({ length: 2_000 }, (_each, at) => node(`n${at}`, at === 0 ? "manual" : "set"));
  const links = nodes.slice(1).map((_each, at) => link(`n${at}`, `n${at + 1}`, "true"));
  expect(outlineOf(workflowState({ nodes, connections: links } as never), isTrigger, isShown)).toHaveLength(2_000);
});
