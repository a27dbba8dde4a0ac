/** The rows of a file as inputs, and answers as a file. */
import { _, _n } from "../../../lib/i18n";
import { readValue, shownValue } from "../values";
import type { BatchRow, InputColumn, Json, OutputColumn, Values } from "../../server/types";
import { readCsv, writeCsv } from "./csv";

export const MAX_ROWS = 100_000;
export const MAX_BYTES = 16 * 1024 * 1024;

export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** JSON is a list of objects; in CSV the first row names the columns. What cannot be read as its type stays a text: the server says so, row by row. */
export function readRows(text: string, columns: readonly InputColumn[]): readonly Values[] {
  const rows = /^\s*[[{]/.test(text) ? jsonRows(text) : csvRows(text, columns);
  if (rows.length === 0) throw new UnreadableFile(_("The file has no rows."));
  if (rows.length > MAX_ROWS) throw new UnreadableFile(_n("At most {n} row at once. Split the file.", "At most {n} rows at once. Split the file.", MAX_ROWS));
  return rows;
}

function jsonRows(text: string): readonly Values[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new UnreadableFile(_("The file is no JSON. {problem}", { problem: (error as Error).message }));
  }
  const rows: unknown = Array.isArray(read) ? read : (read as { inputs?: unknown }).inputs;
  if (!Array.isArray(rows) || !rows.every(isObject)) throw new UnreadableFile(_("The JSON has to be a list of objects, one for each row."));
  return rows;
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function csvRows(text: string, columns: readonly InputColumn[]): readonly Values[] {
  const [head = [], ...rows] = readCsv(text);
  const found = head.map((title) => columnOf(title, columns));
  if (!found.some((column) => column)) {
    const names = columns.map(({ name }) => name).join(", ");
    throw new UnreadableFile(_("The first row names none of the inputs: {names}.", { names }));
  }
  return rows.map((row) => Object.fromEntries(found.flatMap((column, at) => (column ? [[column.name, valueOf(row[at] ?? "", column)]] : []))));
}

function columnOf(title: string, columns: readonly InputColumn[]): InputColumn | undefined {
  const wanted = title.trim().toLowerCase();
  return columns.find(({ name }) => name.toLowerCase() === wanted) ?? columns.find(({ label }) => label?.toLowerCase() === wanted);
}

function valueOf(text: string, { type }: InputColumn): Json {
  const read = readValue(text, type);
  return "value" in read ? read.value : text;
}

/** Inputs, what came out, which rules matched, and what is wrong. */
export function resultCsv(inputs: readonly Values[], results: readonly BatchRow[], outputs: readonly OutputColumn[]): string {
  const given = [...new Set(inputs.flatMap((row) => Object.keys(row)))];
  const made = outputs.map(({ name }) => name);
  const head = [...given, ...made.map((name) => (given.includes(name) ? `${name} (output)` : name)), "matched", "rules", "error"];
  const rows = results.map((result) => {
    const row = inputs[result.index] ?? {};
    const own = given.map((name) => text(row[name]));
    if ("error" in result) return [...own, ...made.map(() => ""), "", "", result.error.message];
    return [...own, ...made.map((name) => text(result.outputs[name])), String(result.matched), result.rule_ids.join(" "), ""];
  });
  return writeCsv([head, ...rows]);
}

function text(value: Json | undefined): string {
  return value === null || value === undefined ? "" : shownValue(value);
}

export function resultJson(inputs: readonly Values[], results: readonly BatchRow[]): string {
  return JSON.stringify(
    results.map((result) => ({ inputs: inputs[result.index] ?? {}, ...result })),
    null,
    2,
  );
}
