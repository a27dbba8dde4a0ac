import { expect, test } from "vitest";
import table from "../../../../tests/workflows/nodes/port_cases.json";
import { portsOf, type PortedType } from "./ports";

type Case = { type: string; parameters: object; on_error?: string; inputs: string[]; outputs: string[] };
const cases = table.cases as Case[];

function typeOf(name: string): PortedType {
  const declared = (table.types as Record<string, unknown>)[name] as Omit<PortedType, "parameters">;
  const defaults = (table.defaults as Record<string, object>)[name] ?? {};
  return {
    ...declared,
    parameters: Object.entries(defaults).map(([parameter, value]) => ({ name: parameter, default_value: value })),
  };
}

test.each(cases.map((one) => [JSON.stringify(one), one] as const))("%s", (_, one) => {
  const found = portsOf(typeOf(one.type), one.parameters as Record<string, unknown>, one.on_error);
  expect(found.inputs.map((port) => port.name)).toEqual(one.inputs);
  expect(found.outputs.map((port) => port.name)).toEqual(one.outputs);
});

test("a port that a rule makes has the type that the rule says", () => {
  const { outputs } = portsOf(typeOf("switch"), { rules: [{ output_name: "big" }] }, "error_output");
  expect(outputs.map((port) => port.type)).toEqual(["conditional", "error"]);
});

test("ports that follow from no parameter keep their identity", () => {
  const set = typeOf("set");
  expect(portsOf(set, {}).outputs).toBe(set.outputs);
});

test("no more ports than the rule allows", () => {
  const rules = Array.from({ length: 60 }, (_, at) => ({ output_name: `way ${at}` }));
  expect(portsOf(typeOf("switch"), { rules }).outputs).toHaveLength(50);
});
