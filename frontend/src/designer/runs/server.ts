/** The calls that runs need. */
import { api, ApiError } from "../../api/client";
import type { components } from "../../api/schema";
import type { DataItem } from "../data/types";

type Schemas = components["schemas"];
export type ExecutionRow = Schemas["ExecutionList"];
export type ExecutionFull = Schemas["Execution"];
export type NodeRowFull = Schemas["NodeExecution"];
export type LogLine = Schemas["ExecutionLog"];
export type Change = Schemas["Change"];
export type ExecutionStatus = ExecutionRow["status"];

/** Which part of the workflow runs, and with what. */
export interface StartOptions {
  readonly trigger_node?: string;
  readonly trigger_data?: unknown;
  readonly start_node?: string;
  readonly end_node?: string;
  readonly source_execution?: string;
}

const one = (execution_id: string) => ({ params: { path: { execution_id } } });

export async function startRun(workflow_id: string, options: StartOptions): Promise<ExecutionRow> {
  const body = options as Schemas["ExecuteRequest"];
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/execute/", { params: { path: { workflow_id } }, body });
  return present(data).execution;
}

/** Runs dry and waits for the end; what is answered is read again by its id. */
export async function startDryRun(workflow_id: string, { trigger_data, ...rest }: StartOptions): Promise<{ id: string; status: string }> {
  const body = { ...rest, test_data: trigger_data ?? null } as Schemas["RehearsalRequest"];
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/test/", { params: { path: { workflow_id } }, body });
  return present(data).execution;
}

export async function stopRun(execution: string): Promise<void> {
  try {
    await api.POST("/api/v1/executions/{execution_id}/stop/", one(execution));
  } catch (error) {
    // It ended by itself meanwhile.
    if (!(error instanceof ApiError && error.code === "execution_finished")) throw error;
  }
}

export async function pauseRun(execution: string): Promise<ExecutionRow> {
  return present((await api.POST("/api/v1/executions/{execution_id}/pause/", one(execution))).data).execution;
}

/** What a person says about a step of which nobody knows whether it was done. */
export type Decision = "again" | "done" | "fail";

/** `output`: what the step hands on when it was done; what came in without it. */
export async function resumeRun(execution: string, decision?: Decision, output?: readonly DataItem[]): Promise<ExecutionRow> {
  const body = { ...(decision && { decision }), ...(output && { output }) } as unknown as Schemas["ResumeRequest"];
  return present((await api.POST("/api/v1/executions/{execution_id}/resume/", { ...one(execution), body })).data).execution;
}

/** With the workflow as it is now: whoever has mended it wants to see whether it runs. */
export async function retryRun(execution: string, fromFailed: boolean): Promise<ExecutionRow> {
  const body: Schemas["RetryRequest"] = { from_failed_node: fromFailed, use_newest_version: true };
  const { data } = await api.POST("/api/v1/executions/{execution_id}/retry/", { ...one(execution), body });
  return present(data).execution;
}

export async function readExecution(execution: string): Promise<ExecutionFull> {
  return present((await api.GET("/api/v1/executions/{execution_id}/", one(execution))).data);
}

export async function readNodes(execution: string): Promise<readonly NodeRowFull[]> {
  return present((await api.GET("/api/v1/executions/{execution_id}/nodes/", one(execution))).data).items;
}

export interface RunPage {
  readonly items: readonly ExecutionRow[];
  readonly next: string | null;
}

export async function readRuns(workflow: string, status: ExecutionStatus | "", cursor: string | null): Promise<RunPage> {
  const query = { workflow, limit: 50, ...(status && { status }), ...(cursor && { cursor }) };
  const found = present((await api.GET("/api/v1/executions/", { params: { query } })).data);
  return { items: found.items, next: nextOf(found.page_info) };
}

export interface LogPage {
  readonly items: readonly LogLine[];
  readonly next: string | null;
}

export async function readLogs(execution_id: string, cursor: string | null): Promise<LogPage> {
  const query = { limit: 100, ...(cursor && { cursor }) };
  const found = present((await api.GET("/api/v1/executions/{execution_id}/logs/", { params: { path: { execution_id }, query } })).data);
  return { items: found.items, next: nextOf(found.page_info) };
}

function present<Body>(data: Body | undefined): Body {
  if (data === undefined) throw new Error("The server answered without a body.");
  return data;
}

function nextOf(page: object): string | null {
  return "next_cursor" in page && typeof page.next_cursor === "string" ? page.next_cursor : null;
}
