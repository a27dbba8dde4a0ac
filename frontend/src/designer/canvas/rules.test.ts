import { expect, it } from "vitest";
import { workflowState, type NodeState } from "../../doc";
import type { NodeType } from "../catalogue/catalogue";
import { Catalogue } from "../catalogue/catalogue";
import { whyNot } from "./connection-rules";
import { foundNodes } from "./find-nodes";
import { FlowNodes } from "./flow-nodes";
import { downstream } from "./graph";
import { cardLabel } from "./labels";
import { neighbour } from "./neighbours";

const port = (name: string) => ({ name, type: "main", description: "" });
function type(name: string, rest: Partial<NodeType> = {}): NodeType {
  const plain = { type: name, name: `The ${name}`, inputs: [port("main")], outputs: [port("main")], inputs_rule: null, outputs_rule: null, parameters: [], summary: "", is_trigger: false, is_loop: false, inert: false, category: "flow" };
  return { ...plain, ...rest } as unknown as NodeType;
}

const catalogue = new Catalogue([type("step"), type("start", { is_trigger: true, inputs: [] }), type("loop", { is_loop: true }), type("sticky_note", { inert: true, inputs: [], outputs: [] })]);
const node = (id: string, kind: string, x = 0, y = 0, parameters = {}): NodeState => ({ id, type: kind, name: `Node ${id}`, position: { x, y }, parameters });
const state = workflowState({
  nodes: [node("a", "start"), node("b", "step", 320, 0, { url: "https://example.com/orders" }), node("c", "loop", 640, 0), node("d", "step", 640, 160), node("n", "sticky_note", 0, 200)],
  connections: [{ source: "a", target: "b" }, { source: "b", target: "c" }, { source: "b", target: "d" }],
});

function reason(source: string, target: string, output = "main", input = "main"): string | null {
  return whyNot(state, catalogue, { source, source_output: output, target, target_input: input });
}

it("refuses with a reason what cannot be connected", () => {
  expect(reason("c", "d")).toBeNull();
  expect(reason("c", "c")).toBeNull();
  expect(reason("d", "d")).toContain("loop");
  expect(reason("a", "b")).toContain("already");
  expect(reason("b", "a")).toContain("starts the workflow");
  expect(reason("b", "n")).toContain("Notes");
  expect(reason("d", "c", "nowhere")).toContain("nowhere");
});

it("goes along the connections, then to what lies there", () => {
  const boxes = new Map(state.nodes.map(({ id, position }) => [id, { ...(position as { x: number; y: number }), width: 224, height: 56 }]));
  const to = (from: string, direction: "left" | "right" | "up" | "down") => neighbour(from, direction, boxes, state.connections);
  expect([to("a", "right"), to("b", "right"), to("c", "left"), to("c", "down"), to("d", "up"), to("a", "left")]).toEqual(["b", "c", "b", "d", "c", null]);
});

it("finds nodes by name, by type and by what stands in parameters", () => {
  expect(foundNodes(state.nodes, catalogue, "node B").map(({ id }) => id)).toEqual(["b"]);
  expect(foundNodes(state.nodes, catalogue, "the loop").map(({ id }) => id)).toEqual(["c"]);
  expect(foundNodes(state.nodes, catalogue, "example.com")).toEqual([expect.objectContaining({ id: "b", where: { path: "url", text: "https://example.com/orders" } })]);
  expect(foundNodes(state.nodes, catalogue, "zebra")).toEqual([]);
});

it("knows what lies behind a node, in circles too", () => {
  const circle = [...state.connections, { source: "d", target: "b" }];
  expect([...downstream("b", circle, new Set())].toSorted()).toEqual(["b", "c", "d"]);
  expect([...downstream("d", circle, new Set(["b"]))]).toEqual(["d"]);
});

it("says a card in one sentence", () => {
  const run = { status: "success" as const, itemsIn: 1, itemsOut: 12, milliseconds: 3, runs: 1, retries: 0, wait: null, error: null };
  expect(cardLabel({ ...node("b", "step"), disabled: true }, catalogue.get("step"), run, 2)).toBe("Node b, The step, disabled, succeeded, 12 items, 2 outputs connected");
});

it("keeps the identity of cards that have not changed", () => {
  const flow = new FlowNodes(catalogue);
  const looks = { selected: new Set<string>(), dragged: new Map(), cursor: null };
  const before = flow.of(state, looks);
  const moved = { ...state, nodes: state.nodes.with(1, { ...(state.nodes[1] as NodeState), position: { x: 336, y: 0 } }) };
  const after = flow.of(moved, { ...looks, selected: new Set(["c"]) });
  expect(after.map((each, at) => each === before[at])).toEqual([true, false, false, true, true]);
  expect(before.filter(({ domAttributes }) => domAttributes?.tabIndex === 0).map(({ id }) => id)).toEqual(["a"]);
});
