/** One run of one node, made of a row of the API or of a live frame. */
import type { LiveEvent, LiveNode } from "../../shell/socket";
import type { NodeRun, NodeRunStatus, Wait } from "../state/overlay";

export type StepError = NonNullable<NodeRun["error"]>;

/** One run of one node. */
export interface Step {
  readonly order: number;
  readonly node: string;
  readonly name: string;
  readonly type: string;
  readonly runIndex: number;
  readonly status: NodeRunStatus;
  /** Null while it runs. */
  readonly milliseconds: number | null;
  readonly itemsIn: number;
  readonly itemsOut: number;
  readonly retries: number;
  readonly startedAt: string | null;
  readonly error: StepError | null;
  /** Null for what does not wait, and until it is read what for. */
  readonly wait: Wait | null;
  /** Items by output port; null until the data were read. */
  readonly ports: Readonly<Record<string, number>> | null;
}

/** As much of `GET /executions/{id}/nodes/` as is shown; the data stay with the query. */
export interface NodeRow {
  readonly node_id: string;
  readonly node_name: string;
  readonly node_type: string;
  readonly execution_order: number;
  readonly run_index: number;
  readonly status: string;
  readonly duration_ms: number;
  readonly items_in: number;
  readonly items_out: number;
  readonly retry_count: number;
  readonly started_at: string | null;
  readonly error?: unknown;
  readonly wait?: unknown;
  readonly output?: unknown;
}

const ENDED = new Set<NodeRunStatus>(["success", "error", "skipped", "canceled"]);

export function hasEnded({ status }: Step): boolean {
  return ENDED.has(status);
}

export function blankStep(node: Partial<LiveNode>): Step {
  return {
    order: node.execution_order ?? 0,
    node: node.node_id ?? "",
    name: node.node_name ?? "",
    type: node.node_type ?? "",
    runIndex: node.run_index ?? 0,
    status: "running",
    milliseconds: null,
    itemsIn: 0,
    itemsOut: 0,
    retries: 0,
    startedAt: node.timestamp ?? null,
    error: null,
    wait: null,
    ports: null,
  };
}

export function stepOfEvent(event: LiveEvent): Step {
  return {
    ...blankStep(event),
    status: nodeStatus(event.status ?? "success"),
    milliseconds: event.duration_ms ?? 0,
    itemsIn: event.items_in ?? 0,
    itemsOut: event.items_out ?? 0,
    retries: event.retry_count ?? 0,
    startedAt: null,
    error: errorOf(event.error),
  };
}

export function stepOfRow(row: NodeRow): Step {
  const status = nodeStatus(row.status);
  return {
    order: row.execution_order,
    node: row.node_id,
    name: row.node_name,
    type: row.node_type,
    runIndex: row.run_index,
    status,
    milliseconds: ENDED.has(status) ? row.duration_ms : null,
    itemsIn: row.items_in,
    itemsOut: row.items_out,
    retries: row.retry_count,
    startedAt: row.started_at,
    error: errorOf(row.error),
    wait: status === "waiting" ? waitOf(row.wait) : null,
    ports: portCounts(row.output),
  };
}

function portCounts(output: unknown): Record<string, number> {
  if (typeof output !== "object" || output === null) return {};
  return Object.fromEntries(Object.entries(output).map(([port, items]) => [port, Array.isArray(items) ? items.length : 0]));
}

function nodeStatus(status: string): NodeRunStatus {
  return status === "pending" ? "queued" : (status as NodeRunStatus);
}

function waitOf(wait: unknown): Wait | null {
  if (typeof wait !== "object" || wait === null) return null;
  const { kind, until, url, approval } = wait as Record<string, unknown>;
  const way = textOf(approval) ? `/approvals/${textOf(approval)}/` : "";
  return { kind: textOf(kind), until: textOf(until) || null, url: textOf(url) || way };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function errorOf(error: unknown): StepError | null {
  if (typeof error !== "object" || error === null) return null;
  const { message, parameter, item, details } = error as Record<string, unknown>;
  return {
    message: typeof message === "string" ? message : "",
    ...(typeof parameter === "string" && parameter !== "" && { parameter }),
    ...(typeof item === "number" && { item }),
    ...(details !== undefined && { details }),
  };
}
