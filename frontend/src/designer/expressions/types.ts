/** What expression fields work with: what an expression can see, and what it comes to. */
import type { Json } from "../../data-view/rows";

/** A name at the root of expressions, `$json` for one. `sample` is missing when no run has shown a value yet. */
export interface ScopeRoot {
  readonly name: string;
  readonly sample?: Json | undefined;
  readonly description: string;
}

/** A node whose output can be read by `$("name")`. `sample` is the JSON of one of its items. */
export interface ScopeNode {
  readonly id: string;
  readonly name: string;
  readonly sample?: Json | undefined;
}

/**
 * One method or name of the language. `on` is the kind of value before the dot: `text`, `number`, `boolean`,
 * `nothing`, `list`, `object`, `DateTime` …, or `globals` for names that stand alone.
 */
export interface ReferenceEntry {
  readonly on: string;
  readonly name: string;
  readonly signature: string;
  readonly description: string;
  readonly example: string;
  readonly result: string;
}

export type Reference = readonly ReferenceEntry[];

export interface Scope {
  /** The execution whose data these are; null when there are none. */
  readonly execution: string | null;
  readonly roots: readonly ScopeRoot[];
  readonly nodes: readonly ScopeNode[];
  readonly reference: Reference;
}

/** Answers from a cache after the first time, so it may be asked with every key. */
export interface ScopeSource {
  scope(): Promise<Scope>;
}

/** Where in the parameter's text (without its `=`) something is wrong; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface PreviewFault {
  readonly message: string;
  readonly code?: string | undefined;
  readonly line?: number | null | undefined;
  readonly column?: number | null | undefined;
}

/** What the expression is for one item. Dates arrive as their ISO text with the type `date`. */
export interface PreviewItem {
  readonly item: number;
  readonly value?: Json | undefined;
  readonly type?: string | undefined;
  readonly truncated?: boolean | undefined;
  readonly error?: PreviewFault | undefined;
}

export interface PreviewAnswer {
  readonly items: readonly PreviewItem[];
  /** How many items there are in all. */
  readonly count: number;
  /** Whose data were used; null when there are none yet. */
  readonly source: { readonly execution: string | null; readonly node: string | null } | null;
}

export interface PreviewOptions {
  /** Only this item; without it the first of them. */
  readonly item?: number | undefined;
  readonly limit?: number | undefined;
}

export interface PreviewSource {
  /** `text` is the parameter as it is stored, with its `=`. Rejects when aborted, and when the server refuses. */
  preview(text: string, signal: AbortSignal, options?: PreviewOptions): Promise<PreviewAnswer>;
}
