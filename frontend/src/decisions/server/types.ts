/** What the server says about a decision table: answers of `/api/v1/decision-tables/`. */
import type { Json, JsonObject } from "../../doc";
import type { ColumnType } from "../editors/types";

export type Values = Readonly<Record<string, Json>>;
/** The number of a version, or the state that it has by name. */
export type VersionName = number | "draft" | "published";

export interface InputColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly label?: string;
  readonly operators?: readonly string[] | null;
  readonly expression?: string | null;
  readonly allowed_values?: readonly Json[] | null;
}

export interface OutputColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly label?: string;
  readonly default_value?: Json;
  readonly allowed_values?: readonly Json[] | null;
}

export interface Condition {
  readonly column: string;
  readonly operator?: string;
  readonly value?: Json;
  readonly feel?: string;
}

export interface Rule {
  readonly id: string;
  readonly priority?: number;
  readonly conditions?: readonly Condition[];
  readonly outputs?: Values;
  readonly annotation?: string;
  readonly enabled?: boolean;
}

/** Another table whose answer feeds columns of this one. */
export interface Requirement {
  readonly table: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly provides?: Readonly<Record<string, string>>;
}

export interface TracedCondition {
  readonly column: string;
  readonly operator?: string;
  readonly feel?: string;
  readonly value?: Json;
  readonly input?: Json;
  readonly held: boolean | null;
}

export interface TracedRule {
  readonly rule_id: string;
  readonly matched: boolean;
  readonly conditions: readonly TracedCondition[];
}

export interface Evaluation {
  readonly matched: boolean;
  readonly outputs: Values;
  readonly rule_ids: readonly string[];
  readonly all_matches?: readonly { readonly rule_id: string; readonly outputs: Values }[];
  readonly trace?: { readonly rules: readonly TracedRule[] };
  readonly version?: number | string | null;
  readonly table?: string;
}

export interface RowFault {
  readonly code: string;
  readonly message: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** One row of a batch: its answer, or why there is none. */
export type BatchRow = { readonly index: number } & (Evaluation | { readonly error: RowFault });

export type FindingKind = "gap" | "overlap" | "conflict" | "masked" | "duplicate" | "unreachable_value" | "type_error" | "unused_column";

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly rules: readonly string[];
  readonly cells: readonly { readonly rule: string; readonly column: string }[];
  readonly example: Values | null;
  readonly proposed_rule: Rule | null;
}

export type CheckStatus = "proved" | "found" | "undecided";

export interface Verification {
  readonly status: "ok" | "findings" | "undecided";
  readonly checks: readonly { readonly check: string; readonly status: CheckStatus; readonly reason?: string }[];
  readonly findings: readonly Finding[];
  readonly elapsed_ms: number;
  readonly truncated?: boolean;
}

export interface Expected {
  readonly matched?: boolean;
  readonly outputs?: Values;
  readonly rule_ids?: readonly string[];
  readonly error?: string;
}

export interface CaseContent {
  readonly name: string;
  readonly inputs: Values;
  readonly expected: Expected;
}

export interface TestCase extends CaseContent {
  readonly id: string;
}

export interface CaseResult {
  readonly id: string;
  readonly name: string;
  readonly passed: boolean;
  readonly rule_ids: readonly string[];
  readonly differences: readonly { readonly path: string; readonly expected: Json; readonly actual: Json }[];
}

export interface TestReport {
  readonly passed: boolean;
  readonly totals: { readonly passed: number; readonly failed: number };
  readonly cases: readonly CaseResult[];
  /** How many tests end at each rule, and the part of the rules that one reaches. */
  readonly coverage: { readonly rules: Readonly<Record<string, number>>; readonly share: number };
}

export interface Version {
  readonly number: number;
  readonly message: string;
  readonly author: string;
  readonly created_at: string;
  readonly is_published: boolean;
  readonly override_failing_tests: boolean;
}

export interface CellChange {
  readonly column: string | null;
  readonly part: "condition" | "output" | "annotation" | "priority" | "enabled";
  readonly old: Json;
  readonly new: Json;
}

export interface Diff {
  readonly columns: readonly { readonly change: "added" | "removed" | "changed" | "moved"; readonly side: "input" | "output"; readonly name: string; readonly old: Json; readonly new: Json }[];
  readonly rules: readonly { readonly change: "added" | "removed" | "changed" | "moved"; readonly rule_id: string; readonly row: { readonly old: number | null; readonly new: number | null }; readonly cells: readonly CellChange[] }[];
  readonly settings: readonly { readonly field: string; readonly old: Json; readonly new: Json }[];
}

export interface Bucket {
  readonly start: string;
  readonly evaluations: number;
  readonly no_match: number;
  readonly errors: number;
  readonly latency_ms: number;
}

export interface Stats {
  readonly days: number;
  readonly evaluations: number;
  readonly no_match: number;
  readonly errors: number;
  readonly latency_ms: { readonly mean: number | null; readonly max: number | null };
  /** Oldest first, without holes. */
  readonly series: readonly Bucket[];
  /** Hits by rule, and when they were. */
  readonly rules: readonly { readonly rule_id: string; readonly hits: number; readonly series: readonly number[] }[];
}

export type { ColumnType, Json, JsonObject };
