/** What the panels ask of the server. */
import { ask, pathOf } from "./http";
import type { BatchRow, CaseContent, Diff, Evaluation, Json, JsonObject, Stats, TestCase, TestReport, Values, Verification, Version, VersionName } from "./types";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly page_info?: { readonly next_cursor?: string | null };
}

export function evaluate(table: string, inputs: Values, version: VersionName, explain = true): Promise<Evaluation> {
  return ask("POST", pathOf(table, "evaluate"), { body: { inputs, version, explain } });
}

export async function evaluateBatch(table: string, inputs: readonly Values[], version: VersionName, signal?: AbortSignal): Promise<readonly BatchRow[]> {
  const answer = await ask<{ results: readonly BatchRow[] }>("POST", pathOf(table, "evaluate-batch"), { body: { inputs, version }, signal });
  return answer.results;
}

/** Of the document that is sent, or of the draft as the server has it. */
export function verify(table: string, document: JsonObject | null, signal?: AbortSignal): Promise<Verification> {
  return ask("POST", pathOf(table, "verify"), { body: document ? { document } : {}, signal });
}

export async function readCases(table: string): Promise<readonly TestCase[]> {
  return (await ask<Page<TestCase>>("GET", pathOf(table, "tests"), { query: { limit: 100 } })).items;
}

export function createCase(table: string, content: CaseContent): Promise<TestCase> {
  return ask("POST", pathOf(table, "tests"), { body: content });
}

export function saveCase(table: string, id: string, content: CaseContent): Promise<TestCase> {
  return ask("PUT", pathOf(table, "tests", id), { body: content });
}

export function deleteCase(table: string, id: string): Promise<void> {
  return ask("DELETE", pathOf(table, "tests", id));
}

export function runCases(table: string, version: VersionName = "draft"): Promise<TestReport> {
  return ask("POST", pathOf(table, "tests", "run"), { body: { version } });
}

export function readVersions(table: string, cursor: string | null): Promise<Page<Version>> {
  return ask("GET", pathOf(table, "versions"), { query: { limit: 30, ...(cursor ? { cursor } : {}) } });
}

interface Publishing {
  readonly message?: string;
  /** An earlier one in the place of the draft. */
  readonly version?: number;
  readonly override_failing_tests?: true;
}

/** The number of the version that is published then. */
export async function publish(table: string, asked: Publishing): Promise<number | null> {
  return (await ask<{ published_version: number | null }>("POST", pathOf(table, "publish"), { body: asked })).published_version;
}

/** What a version says. */
export async function readVersion(table: string, number: number): Promise<Json> {
  return (await ask<{ document: Json }>("GET", pathOf(table, "versions", String(number)))).document;
}

export function restoreVersion(table: string, number: number): Promise<unknown> {
  return ask("POST", pathOf(table, "versions", String(number), "restore"), { body: {} });
}

export function readDiff(table: string, from: VersionName, to: VersionName, signal?: AbortSignal): Promise<Diff> {
  return ask("GET", pathOf(table, "diff"), { query: { from, to }, signal });
}

export function readStats(table: string, days: number): Promise<Stats> {
  return ask("GET", pathOf(table, "stats"), { query: { days } });
}

/** Tables that may feed this one. */
export async function findTables(search: string): Promise<readonly FoundTable[]> {
  return (await ask<Page<FoundTable>>("GET", pathOf(), { query: { search, limit: 200, ordering: "label" } })).items;
}

export interface FoundTable {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly input_columns: readonly { readonly name: string; readonly label?: string }[];
  readonly output_columns: readonly { readonly name: string; readonly label?: string }[];
}

/** With its columns and what feeds it. */
export function readTable(name: string): Promise<FoundTable & { readonly requires: readonly { readonly table: string }[] }> {
  return ask("GET", pathOf(name));
}
