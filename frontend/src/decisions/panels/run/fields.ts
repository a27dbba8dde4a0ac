/** Which values an evaluation asks for: the inputs that columns and requirements read. */
import type { TableState } from "../../../doc";
import type { ColumnType, InputColumn, Json, JsonObject, Requirement, Values } from "../../server/types";
import { readValue, typedText } from "../values";

export interface InputField {
  /** Its place in the inputs: `customer.tier`. */
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly allowed: readonly Json[];
}

const PATH = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;
const WORD = /"(?:[^"\\]|\\.)*"|[\p{L}_][\p{L}\p{N}_.]*\s*(\()?/gu;
const RESERVED: ReadonlySet<string> = new Set("and or not if then else for in return some every satisfies between instance of true false null function external item".split(" "));

/** One field for each input, in the order of the columns. What another table provides is not asked for. */
export function inputFields(table: TableState): readonly InputField[] {
  const requires = (table["requires"] ?? []) as unknown as readonly Requirement[];
  const provided = new Set(requires.flatMap(({ provides = {} }) => Object.keys(provides)));
  const columns = (table.input_columns as unknown as readonly InputColumn[]).filter(({ name }) => !provided.has(name));
  const found = new Map<string, InputField>();
  const put = (field: InputField): void => void (found.has(field.name) || found.set(field.name, field));
  for (const column of columns) fieldsOf(column).forEach(put);
  for (const { inputs = {} } of requires) Object.values(inputs).flatMap(namesIn).filter((name) => !provided.has(name)).map(anyField).forEach(put);
  return [...found.values()];
}

function fieldsOf({ name, label, type, expression, allowed_values }: InputColumn): readonly InputField[] {
  const read = expression?.trim() ?? "";
  const own = { label: label || name, type, allowed: allowed_values ?? [] };
  if (read === "" || read === name) return [{ ...own, name }];
  if (PATH.test(read)) return [{ ...own, name: read }];
  return namesIn(read).map(anyField);
}

function anyField(name: string): InputField {
  return { name, label: name, type: "any", allowed: [] };
}

/** The names that an expression reads; functions that it calls are left out. */
function namesIn(expression: string): readonly string[] {
  const names = [...expression.matchAll(WORD)].filter(([text, call]) => !text.startsWith('"') && !call).map(([text]) => text.trim());
  return [...new Set(names.filter((name) => !RESERVED.has(name)))];
}

export interface Filled {
  readonly inputs: Values;
  /** What is wrong, by the name of the field. */
  readonly faults: Readonly<Record<string, string>>;
}

/** The inputs that typed texts stand for; empty fields are left out. */
export function filled(fields: readonly InputField[], texts: Readonly<Record<string, string>>): Filled {
  const inputs: JsonObject = {};
  const faults: Record<string, string> = {};
  for (const { name, type } of fields) {
    const read = readValue(texts[name] ?? "", type);
    if ("fault" in read) faults[name] = read.fault;
    else if (read.value !== null) put(inputs, name.split("."), read.value);
  }
  return { inputs, faults };
}

function put(into: JsonObject, [first = "", ...rest]: readonly string[], value: Json): void {
  const members = into as Record<string, Json>;
  if (rest.length === 0) members[first] = value;
  else put((members[first] = { ...(members[first] as JsonObject | undefined) }) as JsonObject, rest, value);
}

/** The texts that stand for inputs, as `filled` reads them. */
export function textsOf(fields: readonly InputField[], inputs: Values): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ name, type }) => [name, typedText(at(inputs, name), type)]));
}

function at(inputs: Values, name: string): Json | undefined {
  if (Object.hasOwn(inputs, name)) return inputs[name];
  return name.split(".").reduce<Json | undefined>((value, key) => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject)[key] : undefined), inputs as JsonObject);
}
