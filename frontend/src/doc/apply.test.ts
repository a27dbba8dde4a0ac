// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyAll } from "./apply";
import { same, type Json } from "./json";
import type { Draft } from "./operations";
import { Refusal } from "./refusal";
import { applyInPlace } from "./testing/server";
import { node, SAMPLE } from "./testing/samples";
import { workflowResource } from "./workflow/resource";
import { nodeOf } from "./workflow/state";

const key = "a:main>b:main";
const apply = (...drafts: Draft[]) => applyAll(workflowResource, SAMPLE, drafts);
const parameter = (value: Json, ...keys: string[]): Draft => {
  return { type: "parameter_changed", path: ["nodes", "b", "parameters", ...keys], new: value };
};

function refusedWith(draft: Draft): string {
  try {
    apply(draft);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return "applied";
}

describe("operations of a workflow", () => {
  it("keeps the identity of whatever is not touched", () => {
    const next = apply({ type: "node_moved", path: ["nodes", "a", "position"], new: { x: 1, y: 2 } });
    expect(nodeOf(next, "a")?.["position"]).toEqual({ x: 1, y: 2 });
    expect(nodeOf(next, "b")).toBe(nodeOf(SAMPLE, "b"));
    expect(next.connections).toBe(SAMPLE.connections);
  });

  it("writes deep parameters, makes missing objects, and makes none to remove", () => {
    expect(nodeOf(apply(parameter(2, "list", "1", "deep")), "b")?.["parameters"]).toMatchObject({ list: ["x", { deep: 2 }] });
    expect(nodeOf(apply(parameter(2, "new", "deep")), "b")?.["parameters"]).toMatchObject({ new: { deep: 2 } });
    expect(nodeOf(apply(parameter(null, "new", "deep")), "b")?.["parameters"]).not.toHaveProperty("new");
    expect(nodeOf(apply(parameter(null, "text")), "b")?.["parameters"]).not.toHaveProperty("text");
    expect(nodeOf(apply(parameter(null, "list", "0")), "b")?.["parameters"]).toMatchObject({ list: [null, { deep: 1 }] });
  });

  it("never writes a prototype", () => {
    const next = apply(parameter({ polluted: true }, "__proto__"), parameter(1, "constructor", "prototype", "polluted"));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.hasOwn(nodeOf(next, "b")?.["parameters"] as object, "__proto__")).toBe(true);
  });

  it.each<[string, Draft]>([
    ["node_exists", { type: "node_added", path: ["nodes", "a"], new: node("a") }],
    ["invalid_value", { type: "node_added", path: ["nodes", "z"], new: node("other") }],
    ["node_not_found", { type: "node_removed", path: ["nodes", "z"] }],
    ["node_connected", { type: "node_removed", path: ["nodes", "a"] }],
    ["invalid_value", { type: "node_moved", path: ["nodes", "a", "position"], new: { x: Number.NaN, y: 0 } }],
    ["invalid_path", { type: "node_moved", path: ["nodes", "a", "name"], new: { x: 0, y: 0 } }],
    ["unknown_field", { type: "node_updated", path: ["nodes", "a", "id"], new: "z" }],
    ["invalid_value", { type: "node_updated", path: ["nodes", "a", "type"], new: null }],
    ["path_not_found", parameter(1, "list", "2")],
    ["path_not_found", parameter(1, "text", "inner")],
    ["path_not_found", { type: "parameter_changed", path: ["nodes", "a", "parameters"], new: {} }],
    ["connection_exists", { type: "connection_added", path: ["connections", key], new: { source: "a", target: "b" } }],
    ["connection_end_missing", { type: "connection_added", path: ["connections", "a:main>z:main"], new: { source: "a", target: "z" } }],
    ["invalid_path", { type: "connection_added", path: ["connections", key], new: { source: "b", target: "a" } }],
    ["connection_not_found", { type: "connection_removed", path: ["connections", "b:main>a:main"] }],
    ["invalid_path", { type: "settings_changed", path: ["settings"], new: 1 }],
    ["definition_invalid", { type: "document_replaced", path: [], new: 1 }],
    ["unknown_operation", { type: "node_painted", path: ["nodes", "a"] }],
  ])("refuses with %s", (code, draft) => {
    expect(refusedWith(draft)).toBe(code);
  });

  it("refuses node 2,001 and connection 10,001", () => {
    const nodes = Array.from({ length: 2_000 }, (_, at) => node(`n${at}`));
    const connections = Array.from({ length: 10_000 }, (_, at) => ({ source: "n0", source_output: `${at}`, target: "n1" }));
    const full = { ...SAMPLE, nodes, connections };
    const more: Draft = { type: "node_added", path: ["nodes", "z"], new: node("z") };
    expect(() => workflowResource.apply(full, more)).toThrow(expect.objectContaining({ code: "too_many_nodes" }));
    const line: Draft = { type: "connection_added", path: ["connections", "n1:main>n2:main"], new: { source: "n1", target: "n2" } };
    expect(() => workflowResource.apply(full, line)).toThrow(expect.objectContaining({ code: "too_many_connections" }));
  });

  it("refuses what is too large or too deep before it is sent", () => {
    expect(() => workflowResource.check(parameter("x".repeat(257 * 1024), "text"))).toThrow(expect.objectContaining({ code: "value_too_large" }));
    expect(() => workflowResource.check(parameter(1, ..."123456789"))).toThrow(expect.objectContaining({ code: "invalid_path" }));
  });

  it("is taken back by the inverse, and agrees with another implementation", () => {
    const keys = fc.array(fc.constantFrom("list", "0", "1", "deep", "text", "new"), { minLength: 1, maxLength: 4 });
    const change = fc.tuple(keys, fc.option(fc.jsonValue({ maxDepth: 2 }))).map(([path, value]) => parameter(value as Json, ...path));
    fc.assert(
      fc.property(change, (draft) => {
        const other = structuredClone(SAMPLE);
        if (refusedWith(draft) !== "applied") {
          expect(() => applyInPlace(other, { ...draft, op_id: "x" })).toThrow(Refusal);
          return;
        }
        const old = applyInPlace(other, { ...draft, op_id: "x" });
        expect(same(workflowResource.old(SAMPLE, draft), old)).toBe(true);
        const next = workflowResource.apply(SAMPLE, draft);
        expect(JSON.parse(JSON.stringify(next))).toEqual(JSON.parse(JSON.stringify(other)));
        const back = workflowResource.apply(next, workflowResource.inverse(draft, old));
        expect(workflowResource.old(back, draft)).toEqual(old);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
