/** A column as its dialog has it: text while it is typed. Pure. */
import { isList, type Json } from "../../doc/json";
import { operatorsOf, type Operator } from "../../doc/table/operators";
import type { ColumnState, Side, TableState } from "../../doc/table/state";
import { _ } from "../../lib/i18n";
import { literalTexts, readLiteral } from "../editors/literals";
import { readOutput, writeOutput } from "../editors/output-text";
import { splitOutside } from "../editors/split";

export interface ColumnForm {
  readonly label: string;
  readonly name: string;
  readonly type: string;
  readonly operators: readonly string[];
  readonly expression: string;
  /** One a line. */
  readonly allowed: string;
  /** What is answered in this column where a rule says nothing. */
  readonly fallback: string;
}

export type Faults = Readonly<Partial<Record<keyof ColumnForm, string>>>;

const NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N} _.-]*[\p{L}\p{N}_])?$/u;
const MOST_NAME = 100;

// Letters that do not come apart into a plain one and a mark.
const LETTERS: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ŋ: "n", ı: "i", ĸ: "k" };

/** A name for expressions, made of a label: “Größe (cm)” → `grosse_cm`. Letters of other scripts stay. */
export function nameFrom(label: string): string {
  const plain = label.toLowerCase().replace(/[ßæœøłđðþħŧŋıĸ]/g, (letter) => LETTERS[letter] ?? letter).normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  const words = plain.replace(/[^\p{L}\p{Nd}]+/gu, "_").replace(/^_+|_+$/g, "");
  return (/^\p{Nd}/u.test(words) ? `_${words}` : words).slice(0, MOST_NAME).replace(/_+$/, "");
}

export function formOf(column: ColumnState | null, type = "string"): ColumnForm {
  const { operators, allowed_values: allowed, expression, label, default_value: fallback } = column ?? ({} as Partial<ColumnState>);
  const kind = column?.type ?? type;
  return {
    label: typeof label === "string" ? label : "",
    name: column?.name ?? "",
    type: kind,
    operators: isList(operators) ? (operators as readonly string[]) : [],
    expression: typeof expression === "string" ? expression : "",
    allowed: isList(allowed) ? allowed.map((value) => literalTexts(value, kind).find((text) => readLiteral(text, kind) !== undefined) ?? "").join("\n") : "",
    fallback: column ? writeOutput(fallback, column) : "",
  };
}

function allowedValues({ allowed, type }: ColumnForm): Json[] | string {
  const lines = allowed.split("\n").flatMap((line) => splitOutside(line, /,/)).filter(Boolean);
  const values = lines.map((text) => readLiteral(text, type));
  const bad = values.findIndex((value) => value === undefined || value === null);
  return bad < 0 ? (values as Json[]) : (lines[bad] ?? "");
}

/** The column, or what is wrong with the form. `state` without the column itself decides which names are taken. */
export function columnFrom(form: ColumnForm, side: Side, taken: ReadonlySet<string>): { readonly column: ColumnState } | { readonly faults: Faults } {
  const name = form.name.trim() || nameFrom(form.label);
  const faults: Partial<Record<keyof ColumnForm, string>> = {};
  if (!NAME.test(name) || name.length > MOST_NAME) faults.name = _("A name has letters, digits, spaces, “_”, “-” and “.”, and begins and ends with a letter or digit.");
  else if (taken.has(name)) faults.name = _("There is a column with this name.");
  const allowed = allowedValues(form);
  if (typeof allowed === "string") faults.allowed = _("“{text}” is no value of this type.", { text: allowed });
  const base: ColumnState = { name, type: form.type };
  const fallback = readOutput(form.fallback, base);
  if ("fault" in fallback) faults.fallback = fallback.fault;
  if (Object.keys(faults).length > 0 || typeof allowed === "string" || "fault" in fallback) return { faults };
  const column: Record<string, Json> = { ...base };
  if (form.label.trim() !== "") column["label"] = form.label.trim();
  if (allowed.length > 0) column["allowed_values"] = allowed;
  if (side === "input_columns" && form.operators.length > 0) column["operators"] = operatorsOf(form.type).filter((operator: Operator) => form.operators.includes(operator));
  if (side === "input_columns" && form.expression.trim() !== "") column["expression"] = form.expression.trim();
  if (side === "output_columns" && fallback.cell !== null) column["default_value"] = fallback.cell;
  return { column: column as ColumnState };
}

export function takenNames(state: TableState, side: Side, own: string | null): ReadonlySet<string> {
  return new Set(state[side].map(({ name }) => name).filter((name) => name !== own));
}
