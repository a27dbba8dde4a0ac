/** What a start is made of, and what its refusal says. */
import { afterEach, describe, expect, test } from "vitest";
import { ApiError } from "../../api/client";
import { workflowState } from "../../doc";
import { Catalogue, type NodeType } from "../catalogue/catalogue";
import { fittingLines } from "./log-lines";
import { curlOf, secondsLeft, type Listening } from "./listening";
import { sameGraph } from "./same-graph";
import type { LogLine } from "./server";
import { faultsOf } from "./start-faults";
import { dataOfItems, exampleFor, keepSample, keptSample, parsed, triggersOf } from "./trigger-data";
import { countdown, took } from "./words";

const STATE = workflowState({
  nodes: [
    { id: "n1", type: "manual", name: "Start", position: { x: 0, y: 0 } },
    { id: "n2", type: "webhook", name: "Hook", position: { x: 0, y: 90 }, parameters: { methods: ["PUT"] } },
    { id: "n3", type: "webhook", name: "Off", disabled: true },
    { id: "n4", type: "set", name: "Set", notes: "why" },
  ],
  connections: [{ source: "n1", target: "n4" }],
});

afterEach(() => localStorage.clear());

describe("a refused start", () => {
  test("names the nodes at fault", () => {
    const error = new ApiError(422, { code: "definition_invalid", detail: "Faults", errors: { "definition.nodes[3].parameters.url": ["Required."], "nodes[0]": ["Odd."], connections: ["A ring."] } });
    expect(faultsOf(error, STATE).map(({ node_id, path, message }) => [node_id, path, message])).toEqual([
      ["n4", "parameters.url", "Required."],
      ["n1", "nodes[0]", "Odd."],
      [null, "connections", "A ring."],
    ]);
  });

  test("of another kind is no fault of a node", () => {
    expect(faultsOf(new ApiError(409, { code: "conflict" }), STATE)).toEqual([]);
    expect(faultsOf(new Error("offline"), STATE)).toEqual([]);
  });
});

describe("data to begin with", () => {
  test.each([
    ['{"a": 1}', { data: { a: 1 } }],
    ["", { data: null }],
    ["3", { problem: "" }],
  ])("%s", (text, wanted) => expect(parsed(text)).toEqual(wanted));

  test("what is no JSON says where", () => expect(parsed("{")).toHaveProperty("problem"));

  test("of a former run are written as they are given", () => {
    expect(dataOfItems([{ json: { a: 1 } }])).toEqual({ a: 1 });
    expect(dataOfItems([{ json: { a: 1 } }, { json: { a: 2 } }])).toEqual([{ a: 1 }, { a: 2 }]);
    expect(dataOfItems([])).toBeNull();
  });

  test("a webhook's example has its method", () => expect(exampleFor(STATE.nodes[1])).toMatchObject({ method: "PUT", body: {} }));

  test("triggers that are off do not count", () => {
    const types = ["manual", "webhook"].map((type) => ({ type, is_trigger: true }) as NodeType);
    expect(triggersOf(STATE, new Catalogue(types)).map(({ id }) => id)).toEqual(["n1", "n2"]);
  });

  test("a sample is kept for its trigger", () => {
    keepSample("w", "n2", "{}");
    expect([keptSample("w", "n2"), keptSample("w", "n1")]).toEqual(["{}", null]);
  });
});

test("a workflow that was only moved or described is the same", () => {
  const moved = { ...STATE, nodes: [...STATE.nodes].reverse().map((node) => ({ ...node, position: { x: 9, y: 9 }, notes: "" })) };
  expect(sameGraph(STATE, moved)).toBe(true);
  const changed = { ...STATE, nodes: STATE.nodes.map((node) => (node.id === "n4" ? { ...node, parameters: { a: 1 } } : node)) };
  expect(sameGraph(STATE, changed)).toBe(false);
  expect(sameGraph(STATE, { ...STATE, connections: [] })).toBe(false);
});

test("the log is filtered by level and text", () => {
  const line = (level: string, message: string) => ({ level, message, node_name: "Fetch" }) as LogLine;
  const lines = [line("debug", "one"), line("info", "two"), line("critical", "three")];
  expect(fittingLines(lines, "", "")).toBe(lines);
  expect(fittingLines(lines, "warning", "").map(({ message }) => message)).toEqual(["three"]);
  expect(fittingLines(lines, "", "TWO").map(({ message }) => message)).toEqual(["two"]);
  expect(fittingLines(lines, "info", "fetch")).toHaveLength(2);
});

test("a listening says where to call and how long", () => {
  const listening = { methods: ["POST"], url: "http://x/webhook-test/it's", expires_at: "2026-01-01T00:02:00Z" } as Listening;
  expect(curlOf(listening)).toBe("curl -X POST 'http://x/webhook-test/it%27s' -H 'Content-Type: application/json' -d '{}'");
  expect(secondsLeft(listening, Date.parse("2026-01-01T00:00:08.5Z"))).toBe(112);
  expect(countdown(112)).toBe("1:52");
});

test.each([
  [null, ""],
  [0.4, "< 1 ms"],
  [412.4, "412 ms"],
  [1234, "1.2 s"],
  [75_000, "1 min 15 s"],
])("%s milliseconds are %s", (milliseconds, words) => expect(took(milliseconds)).toBe(words));
