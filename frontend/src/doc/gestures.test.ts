// @vitest-environment node
import { describe, expect, it } from "vitest";
import { applyAll } from "./apply";
import { clipText, partFromText, readClip } from "./clipboard";
import type { Part } from "./copies";
import * as gestures from "./gestures";
import type { Draft } from "./operations";
import { counter, node, SAMPLE } from "./testing/samples";
import { workflowResource } from "./workflow/resource";
import { connectionKey, nameOf, nodeOf } from "./workflow/state";

const after = (drafts: readonly Draft[], state = SAMPLE) => applyAll(workflowResource, state, drafts);
const names = (state: typeof SAMPLE) => state.nodes.map(nameOf);

describe("gestures", () => {
  it("add under a new name, behind a port", () => {
    const state = after(gestures.addNodeBehind(SAMPLE, node("z", { name: "A" }), { source: "b" }));
    expect(names(state)).toEqual(["A", "B", "C", "A 2"]);
    expect(state.connections.map(connectionKey)).toContain("b:main>z:main");
  });

  it("remove with all connections, the known ones only", () => {
    const state = after(gestures.removeNodes(SAMPLE, ["b", "gone", "b"]));
    expect([state.nodes.length, state.connections.length]).toEqual([2, 0]);
  });

  it("do nothing when nothing changes", () => {
    expect(gestures.moveNodes(SAMPLE, new Map([["a", { x: 0, y: 0 }], ["gone", { x: 1, y: 1 }]]))).toEqual([]);
    expect(gestures.connect(SAMPLE, { source: "a", target: "b" })).toEqual([]);
    expect(gestures.setParameter(SAMPLE, "b", ["list", "1", "deep"], 1)).toEqual([]);
    expect(gestures.renameNode(SAMPLE, "a", " A ")).toEqual([]);
    expect(gestures.disconnect(SAMPLE, ["x:main>y:main"])).toEqual([]);
    expect(gestures.insertOnConnection(SAMPLE, "x:main>y:main", node("z"))).toEqual([]);
    expect(gestures.setField(SAMPLE, "a", "notes", null)).toEqual([]);
  });

  it("rename with all references, in parameters, conditions and code", () => {
    const nodes = [
      ...SAMPLE.nodes,
      node("d", { run_if: '$("A").ok', parameters: { deep: [{ text: "={{ $node['A'].x }}" }] } }),
      node("e", { type: "code", parameters: { code: 'return $("A").all() // $("A")' } }),
    ];
    const state = after(gestures.renameNode({ ...SAMPLE, nodes }, "a", 'Say "hi"'), { ...SAMPLE, nodes });
    expect(nodeOf(state, "b")?.["parameters"]).toMatchObject({ text: '={{ $("Say \\"hi\\"").first() }}' });
    expect(nodeOf(state, "d")).toMatchObject({ run_if: '$("Say \\"hi\\"").ok', parameters: { deep: [{ text: "={{ $node['Say \"hi\"'].x }}" }] } });
    expect(nodeOf(state, "e")?.["parameters"]).toEqual({ code: 'return $("Say \\"hi\\"").all() // $("A")' });
    expect(names(after(gestures.renameNode(SAMPLE, "a", "B")))).toEqual(["B 2", "B", "C"]);
  });

  it("rename what lies deeper than a path may lead", () => {
    let deep: object = { text: '={{ $("A").x }}' };
    for (let level = 0; level < 10; level += 1) deep = { inner: deep };
    const state = { ...SAMPLE, nodes: [...SAMPLE.nodes, node("d", { parameters: deep })] };
    const drafts = gestures.renameNode(state, "a", "Z");
    for (const draft of drafts) workflowResource.check(draft);
    expect(JSON.stringify(nodeOf(after(drafts, state), "d"))).toContain('$(\\"Z\\")');
  });

  it("insert on a connection, and keep what else the connection says", () => {
    const state = { ...SAMPLE, connections: [{ source: "a", target: "b", target_input: "in", type: "success" }] };
    const next = after(gestures.insertOnConnection(state, "a:main>b:in", node("z"), { output: "done" }), state);
    expect(next.connections).toEqual([
      { source: "a", source_output: "main", target: "z", target_input: "main", type: "success" },
      { source: "z", source_output: "done", target: "b", target_input: "in" },
    ]);
  });

  it("duplicate with connections and references of the copies' own", () => {
    const { drafts, ids } = gestures.duplicate(SAMPLE, ["a", "b"], counter("copy"));
    const state = after(drafts);
    expect(names(state)).toEqual(["A", "B", "C", "A 2", "B 2"]);
    expect(nodeOf(state, ids[1]!)?.["parameters"]).toMatchObject({ text: '={{ $("A 2").first() }}' });
    expect(nodeOf(state, ids[0]!)?.["position"]).toEqual({ x: 32, y: 32 });
    expect(state.connections.map(connectionKey)).toEqual(["a:main>b:main", "copy1:main>copy2:main"]);
    const alone = after(gestures.duplicate(SAMPLE, ["b"], counter("copy")).drafts);
    expect(nodeOf(alone, "copy1")?.["parameters"]).toMatchObject({ text: '={{ $("A").first() }}' });
  });
});

describe("the clipboard", () => {
  const importer = async (): Promise<Part> => ({ nodes: [node("imported")], connections: [] });

  it("carries a part from one workflow to another", async () => {
    const part = await partFromText(clipText(gestures.partOf(SAMPLE, ["a", "b"])), importer);
    const { drafts } = gestures.insertPart(SAMPLE, part!, counter("new"), { x: 0, y: 0 });
    expect(names(after(drafts))).toEqual(["A", "B", "C", "A 2", "B 2"]);
  });

  it("hands what n8n copies to the importer", async () => {
    const copied = { nodes: [{ name: "Set", type: "n8n-nodes-base.set", position: [0, 0], parameters: {} }], connections: {} };
    expect(readClip(JSON.stringify(copied)).kind).toBe("n8n");
    expect((await partFromText(JSON.stringify(copied), importer))?.nodes[0]?.id).toBe("imported");
  });

  it.each([
    ["not_json", "hello"],
    ["not_nodes", "[1]"],
    ["not_nodes", '{"nodes":[]}'],
    ["not_nodes", JSON.stringify({ format: "exprsn-nodes", version: 1, nodes: [{ id: "a" }] })],
    ["not_nodes", JSON.stringify({ format: "exprsn-nodes", version: 1, nodes: [node("a"), node("a")] })],
    ["newer_version", JSON.stringify({ format: "exprsn-nodes", version: 2, nodes: [node("a")] })],
    ["too_large", JSON.stringify({ format: "exprsn-nodes", version: 1, nodes: Array.from({ length: 2_001 }, () => node("a")) })],
    ["too_large", " ".repeat(8 * 1024 * 1024 + 1)],
  ])("says why a text cannot be pasted: %s", async (reason, text) => {
    expect(readClip(text)).toEqual({ kind: "unknown", reason });
    expect(await partFromText(text, importer)).toBeNull();
  });
});
