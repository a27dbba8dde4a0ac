/** Test cases as the API has them. */
import type { Json, JsonObject } from "../../doc/json";
import type { DataItem } from "../data/types";

export const KINDS = ["status", "ran", "not_run", "count", "equals", "contains", "matches", "expression", "error_kind", "response"] as const;
export type Kind = (typeof KINDS)[number];

/** What must be true after the run. Without a node it is about the run as a whole. */
export interface Assertion {
  readonly kind: Kind;
  readonly node: string | null;
  readonly output?: string;
  /** Which run of the node, from 0; the last without it. */
  readonly run?: number;
  readonly item?: number;
  readonly path?: string;
  readonly expected?: Json;
  /** Paths that are not compared. */
  readonly ignore?: readonly string[];
}

/** What a step answers in place of its work; exactly one of these. */
export interface Mock {
  readonly items?: readonly DataItem[];
  readonly output?: string;
  readonly outputs?: Readonly<Record<string, readonly DataItem[]>>;
  readonly error?: { readonly message: string; readonly kind: string };
  readonly runs?: readonly Mock[];
}

/** What a call to the outside is answered with. */
export interface HttpMock {
  readonly method: string;
  /** With `*` for any text. */
  readonly url: string;
  readonly status: number;
  readonly headers?: JsonObject;
  readonly body?: Json;
  readonly times?: number | null;
}

export interface LastResult {
  readonly status: ResultStatus;
  readonly at: string;
  readonly duration_ms: number;
  readonly version: number | null;
  readonly failures: number;
  readonly message: string;
}

export type ResultStatus = "passed" | "failed" | "error";

/** What can be edited. */
export interface CaseContent {
  readonly name: string;
  readonly description: string;
  readonly trigger_node: string;
  readonly trigger_items: readonly DataItem[];
  readonly now: string | null;
  readonly mocks: { readonly nodes: Readonly<Record<string, Mock>>; readonly http: readonly HttpMock[] };
  readonly assertions: readonly Assertion[];
}

export interface CaseRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly assertion_count: number;
  readonly last_result: LastResult | null;
}

export interface TestCase extends CaseContent {
  readonly id: string;
  readonly position: number;
}

export interface Failure {
  /** Its place in the list of assertions; null for what went wrong beside them. */
  readonly assertion: number | null;
  readonly kind: string;
  readonly message: string;
  readonly node: string | null;
  readonly expected?: Json;
  readonly actual?: Json;
}

export interface CaseResult {
  readonly test: string;
  readonly name: string;
  readonly status: ResultStatus;
  readonly duration_ms: number;
  readonly failures: readonly Failure[];
  /** Steps with an effect that no mock stood in for. */
  readonly unmocked: readonly string[];
  readonly error: { readonly message: string; readonly kind: string; readonly node: string | null } | null;
}

export interface Branch {
  readonly node: string;
  readonly output: string;
}

export interface Covered<Missing> {
  readonly covered: number;
  readonly total: number;
  readonly missing: readonly Missing[];
}

export interface Coverage {
  readonly nodes: Covered<string>;
  readonly branches: Covered<Branch>;
}

export interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly duration_ms: number;
  readonly coverage: Coverage;
  readonly results: readonly CaseResult[];
}

export const NEW_CASE: CaseContent = {
  name: "",
  description: "",
  trigger_node: "",
  trigger_items: [{ json: {} }],
  now: null,
  mocks: { nodes: {}, http: [] },
  assertions: [{ kind: "status", node: null, expected: "success" }],
};
