/** What a test expects, as it is typed: an empty field is not looked at. */
import { _ } from "../../../lib/i18n";
import type { CaseContent, Expected, Json, OutputColumn, TestCase, Values } from "../../server/types";
import { filled, textsOf, type InputField } from "../run/fields";
import { readValue, typedText } from "../values";

export type MatchedChoice = "any" | "yes" | "no" | "error";

export interface TypedCase {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Null: nothing is expected there; empty or left out: it is not looked at. */
  readonly outputs: Readonly<Record<string, string | null>>;
  readonly matched: MatchedChoice;
  /** The code of the expected error. */
  readonly error: string;
  /** What this form has no field for, kept as it is. */
  readonly rule_ids?: readonly string[] | undefined;
  readonly otherInputs: Values;
  readonly otherOutputs: Values;
}

export const EMPTY: TypedCase = { name: "", inputs: {}, outputs: {}, matched: "any", error: "", otherInputs: {}, otherOutputs: {} };

export function typedCase({ name, inputs, expected }: TestCase, fields: readonly InputField[], outputs: readonly OutputColumn[]): TypedCase {
  const { matched, outputs: wanted = {}, rule_ids, error } = expected;
  const roots = new Set(fields.map((field) => field.name.split(".")[0]));
  const known = new Set(outputs.map((column) => column.name));
  return {
    name,
    inputs: textsOf(fields, inputs),
    outputs: Object.fromEntries(outputs.filter((column) => Object.hasOwn(wanted, column.name)).map((column) => [column.name, wanted[column.name] === null ? null : typedText(wanted[column.name], column.type)])),
    matched: error ? "error" : matched === undefined || matched === null ? "any" : matched ? "yes" : "no",
    error: error ?? "",
    rule_ids,
    otherInputs: without(inputs, roots),
    otherOutputs: without(wanted, known),
  };
}

function without(values: Values, names: ReadonlySet<string | undefined>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));
}

export interface ReadCase {
  readonly content: CaseContent;
  /** By `name`, `inputs.quantity`, `outputs.price` or `error`. */
  readonly faults: Readonly<Record<string, string>>;
}

export function readCase(typed: TypedCase, fields: readonly InputField[], outputs: readonly OutputColumn[]): ReadCase {
  const { inputs, faults: wrongInputs } = filled(fields, typed.inputs);
  const faults: Record<string, string> = Object.fromEntries(Object.entries(wrongInputs).map(([name, fault]) => [`inputs.${name}`, fault]));
  const wanted: Record<string, Json> = { ...typed.otherOutputs };
  for (const { name, type } of outputs) {
    const text = typed.outputs[name];
    if (text?.trim() === "" || text === undefined) continue;
    const read = text === null ? { value: null } : readValue(text, type);
    if ("fault" in read) faults[`outputs.${name}`] = read.fault;
    else wanted[name] = read.value;
  }
  if (typed.name.trim() === "") faults["name"] = _("Give the test a name.");
  if (typed.matched === "error" && typed.error.trim() === "") faults["error"] = _("Name the code of the error, such as invalid_input.");
  return { content: { name: typed.name.trim(), inputs: { ...typed.otherInputs, ...inputs }, expected: expectation(typed, wanted) }, faults };
}

function expectation({ matched, error, rule_ids }: TypedCase, outputs: Values): Expected {
  if (matched === "error") return { error: error.trim() };
  return {
    ...(matched === "any" ? {} : { matched: matched === "yes" }),
    ...(Object.keys(outputs).length > 0 ? { outputs } : {}),
    ...(rule_ids && rule_ids.length > 0 ? { rule_ids } : {}),
  };
}
