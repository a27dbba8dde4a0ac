import fc from "fast-check";
import { expect, test } from "vitest";
import { applyAll } from "../../../doc/apply";
import { nodeOf, workflowResource, workflowState, type Json, type JsonObject, type NodeState } from "../../../doc";
import { nodeDrafts, normalized } from "./node-drafts";

const keys = fc.oneof(fc.constantFrom("url", "a", "b", "items", "0", "__proto__", "constructor"), fc.string({ maxLength: 4 }));
const values: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false, 0, 1, "", "x", "={{ $json.a }}"),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.array(fc.tuple(keys, tie("json")), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
  ),
})).json;
const parameters = fc.array(fc.tuple(keys, values), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs) as JsonObject);
const nodes = fc.record(
  {
    type: fc.constantFrom("set", "http_request"),
    name: fc.constantFrom("Alpha", "Beta", "Gamma"),
    parameters,
    notes: fc.string({ maxLength: 5 }),
    disabled: fc.boolean(),
    timeout_seconds: fc.constantFrom<Json>(null, 5),
    position: fc.record({ x: fc.integer(), y: fc.integer() }),
    retry: fc.record({ enabled: fc.boolean() }),
    pinned_data: fc.constantFrom<Json>(null, [{ json: { a: 1 } }]),
  },
  { requiredKeys: ["type"] },
);

test("whatever is written in the code of a node, the node is then exactly that", () => {
  fc.assert(
    fc.property(nodes, nodes, (before, edited) => {
      const node = { id: "n1", ...before } as NodeState;
      const other = { id: "n2", type: "set", name: "Other", parameters: { a: '={{ $("Alpha").first().json }}' } };
      const state = workflowState({ nodes: [node, other], connections: [] } as unknown as Json);
      const made = nodeDrafts(state, node, { id: "n1", ...edited } as unknown as Json);
      if ("problem" in made) throw new Error(made.problem);
      const after = applyAll(workflowResource, state, made.drafts);
      expect(normalized(nodeOf(after, "n1") as JsonObject)).toEqual(normalized({ id: "n1", ...edited } as unknown as JsonObject));
    }),
    { numRuns: 500 },
  );
});

const NODE: NodeState = { id: "n1", type: "set", name: "Alpha", parameters: { a: { b: 1, c: [1, 2] }, d: "x" } };
const STATE = workflowState({ nodes: [NODE, { id: "n2", type: "set", name: "Beta", parameters: { v: '={{ $("Alpha").first() }}' } }], connections: [] } as unknown as Json);
const draftsOf = (edited: Json) => nodeDrafts(STATE, NODE, edited);

test("only what differs is written", () => {
  expect(draftsOf({ ...NODE, parameters: { a: { b: 2, c: [1, 2] }, d: "x" } })).toEqual({ drafts: [{ type: "parameter_changed", path: ["nodes", "n1", "parameters", "a", "b"], new: 2 }] });
  expect(draftsOf(NODE)).toEqual({ drafts: [] });
});

test("another name is followed in the other steps", () => {
  const made = draftsOf({ ...NODE, name: "Gamma" });
  expect("drafts" in made && made.drafts.map(({ path }) => path.join("."))).toEqual(["nodes.n1.name", "nodes.n2.parameters.v"]);
});

test.each<[string, Json, RegExp]>([
  ["another id", { ...NODE, id: "n9" }, /id/],
  ["no object", [1], /object/],
  ["no type", { id: "n1" }, /type/],
  ["an unknown field", { ...NODE, colour: "red" }, /colour/],
  ["a wrong form", { ...NODE, disabled: "yes" }, /disabled/],
  ["a name that is taken", { ...NODE, name: "Beta" }, /Beta/],
  ["a value that is too large", { ...NODE, parameters: { big: "x".repeat(300_000) } }, /256 KB/],
])("refuses %s", (_name, edited, words) => {
  const made = draftsOf(edited);
  expect("problem" in made && made.problem).toMatch(words);
});
