/**
 * Which ports a node has, worked out from its type's rules while somebody types, without asking the server.
 * The server has the same interpreter (apps/workflows/engine/port_rules.py); both are held together by the
 * cases in tests/workflows/nodes/port_cases.json.
 */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type Port = Schemas["NodePort"];
export type PortRule = Schemas["PortRule"];
type Part = Schemas["PortPart"];
export type Values = Readonly<Record<string, unknown>>;

/** As much of a node type of the catalogue as ports depend on. */
export type PortedType = Pick<Schemas["NodeType"], "inputs" | "outputs" | "inputs_rule" | "outputs_rule"> & {
  parameters: readonly { name: string; default_value: unknown }[];
};

export type Ports = { inputs: readonly Port[]; outputs: readonly Port[] };

/** The output that takes failed items, where the node's `on_error` is `error_output`. */
export const ERROR_PORT: Port = { name: "error", type: "error", description: "" };

/** The ports of a node with these parameters. Ports that do not depend on them keep their identity. */
export function portsOf(nodeType: PortedType, parameters: Values, onError?: string): Ports {
  const values = valuesOf(nodeType, parameters);
  const inputs = ruled(nodeType.inputs_rule, values) ?? nodeType.inputs;
  const outputs = ruled(nodeType.outputs_rule, values) ?? nodeType.outputs;
  const hasOwn = outputs.some((port) => port.name === ERROR_PORT.name);
  return { inputs, outputs: onError === "error_output" && !hasOwn ? [...outputs, ERROR_PORT] : outputs };
}

function valuesOf(nodeType: PortedType, parameters: Values): Values {
  const defaults = nodeType.parameters.map((parameter) => [parameter.name, parameter.default_value] as const);
  return { ...Object.fromEntries(defaults), ...parameters };
}

function ruled(rule: PortRule | null, values: Values): Port[] | undefined {
  if (rule === null) return undefined;
  const shown = rule.parts.filter((part) => holds(part, values));
  const names = new Set(shown.flatMap((part) => namesOf(part, values)));
  return [...names].map((name) => ({ name, type: rule.type, description: "" }));
}

function holds(part: Part, values: Values): boolean {
  return Object.entries(part.when).every(([name, few]) => few.includes(values[name]));
}

function namesOf(part: Part, values: Values): string[] {
  const value = part.parameter === undefined ? undefined : values[part.parameter];
  switch (part.kind) {
    case "counted":
      return counted(part, value);
    case "entries":
      return entries(part, value);
    case "listed":
      return listed(part, value);
    case "fixed":
      return [part.name ?? ""];
    default: // a kind that a newer server knows
      return [];
  }
}

function counted(part: Part, value: unknown): string[] {
  const { first = 0, least = 0, most = 0, otherwise, prefix = "" } = part;
  const fits = typeof value === "number" && least <= value && value <= most;
  return Array.from({ length: Math.trunc(fits ? value : Number(otherwise)) }, (_, at) => `${prefix}${first + at}`);
}

function entries(part: Part, value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, part.most).map((entry: unknown, at) => {
    const name = isObject(entry) ? entry[part.name_field ?? ""] : undefined;
    return typeof name === "string" && name ? name : `${part.prefix ?? ""}${at}`;
  });
}

function listed(part: Part, value: unknown): string[] {
  const names: unknown = Array.isArray(value) ? value.slice(0, part.most) : part.otherwise;
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === "string" && name !== "") : [];
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
