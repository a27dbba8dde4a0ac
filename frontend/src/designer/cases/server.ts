/** The calls that test cases need. */
import { api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Designer } from "../model/designer";
import { settled } from "../../document/settled";
import { tidied } from "./assertions";
import { joined } from "./report";
import type { CaseContent, CaseRow, Report, TestCase } from "./types";

type Schemas = components["schemas"];

/** So many run with one request: there is something to tell between two. */
const AT_ONCE = 5;

export const caseKeys = {
  list: (workflow: string) => ["cases", workflow] as const,
  one: (workflow: string, test: string) => ["case", workflow, test] as const,
};

/** A test, and what tells whether somebody else has changed it since. */
export interface Loaded {
  readonly test: TestCase;
  readonly etag: string;
}

const of = (workflow_id: string) => ({ params: { path: { workflow_id } } });
const one = (workflow_id: string, test_id: string) => ({ params: { path: { workflow_id, test_id } } });

export async function readCases(workflow: string): Promise<readonly CaseRow[]> {
  const { data } = await api.GET("/api/v1/workflows/{workflow_id}/tests/", of(workflow));
  return (data?.items ?? []) as unknown as readonly CaseRow[];
}

export async function readCase(workflow: string, test: string): Promise<Loaded> {
  const { data, response } = await api.GET("/api/v1/workflows/{workflow_id}/tests/{test_id}/", one(workflow, test));
  return loaded(data, response);
}

export async function createCase(workflow: string, content: CaseContent): Promise<Loaded> {
  const { data, response } = await api.POST("/api/v1/workflows/{workflow_id}/tests/", { ...of(workflow), body: content as unknown as Schemas["TestWriteRequest"] });
  return loaded(data, response);
}

export async function saveCase(workflow: string, test: string, content: CaseContent, etag: string): Promise<Loaded> {
  const { params } = one(workflow, test);
  const { data, response } = await api.PATCH("/api/v1/workflows/{workflow_id}/tests/{test_id}/", {
    params,
    headers: { "If-Match": etag },
    body: content as unknown as Schemas["TestWriteRequest"],
  });
  return loaded(data, response);
}

export async function deleteCase(workflow: string, test: string): Promise<void> {
  await api.DELETE("/api/v1/workflows/{workflow_id}/tests/{test_id}/", one(workflow, test));
}

/** What a run began with, what its calls answered and what it came to, as a test. */
export async function recordCase(workflow: string, execution: string): Promise<TestCase> {
  const { data, response } = await api.POST("/api/v1/workflows/{workflow_id}/tests/record/", { ...of(workflow), body: { execution } });
  return loaded(data, response).test;
}

/** Of the draft as it is now. `told` hears how many are done. */
export async function runCases(designer: Designer, tests: readonly string[], told: (done: number) => void = () => {}): Promise<Report> {
  await settled(designer);
  const reports: Report[] = [];
  for (let at = 0; at < tests.length; at += AT_ONCE) {
    told(at);
    const { data } = await api.POST("/api/v1/workflows/{workflow_id}/tests/run/", { ...of(designer.props.workflow.id), body: { tests: tests.slice(at, at + AT_ONCE) } });
    reports.push(data as unknown as Report);
  }
  return joined(reports);
}

function loaded(data: unknown, response: Response): Loaded {
  if (data === undefined) throw new Error("The server answered without a body.");
  const test = data as TestCase;
  return { test: { ...test, assertions: test.assertions.map(tidied) }, etag: response.headers.get("ETag") ?? "*" };
}
