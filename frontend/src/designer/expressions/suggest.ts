/** What may stand behind a value or at the beginning of an expression. Pure. */
import { isObject, type Json } from "../../doc/json";
import { kindOf, type Known } from "./known";
import { isPlainName } from "./path";
import { shortText, typeWord } from "./text";
import type { ReferenceEntry, Scope } from "./types";

export type SuggestionKind = "property" | "method" | "variable" | "node" | "function" | "namespace";

export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  /** The type of the value, or the signature. */
  readonly detail: string;
  /** A value that was seen, cut. */
  readonly sample: string;
  readonly entry?: ReferenceEntry | undefined;
  readonly description?: string | undefined;
  /** Data come before the language. */
  readonly rank: number;
}

const DATA = 3;
const LANGUAGE = 0;
const MAX = 500;
const NAMES = ["Math", "JSON", "Object", "Array", "Number", "String", "Date", "DateTime", "Duration", "Interval"];

type HostEntry = readonly [name: string, description: string];
const VIEW: readonly HostEntry[] = [
  ["item", "The item at hand."],
  ["first()", "The first item."],
  ["last()", "The last item."],
  ["all()", "All items, as a list."],
  ["params", "The parameters of the node, as written."],
];
const HOST: Readonly<Record<string, readonly HostEntry[]>> = {
  input: VIEW,
  node: [...VIEW, ["itemMatching(index)", "The item from which the item at this position came."], ["isExecuted", "Whether the node has run."], ["json", "The data of the item at hand."]],
  entry: [["json", "The data of the item."], ["binary", "The files of the item."]],
};

/** Members and methods of a value. */
export function membersOf(base: Known, scope: Scope): Suggestion[] {
  if (base.kind === "nodes-by-name") return nodeNames(scope);
  return [...dataMembers(base.sample), ...hostMembers(base), ...methodsOf(base, scope)].slice(0, MAX);
}

/** The keys of a value's sample, for `["`. */
export function keysOf(base: Known, scope: Scope): Suggestion[] {
  return base.kind === "nodes-by-name" ? nodeNames(scope) : dataMembers(base.sample).slice(0, MAX);
}

export function nodeNames(scope: Scope): Suggestion[] {
  return scope.nodes.map(({ name, sample }) => property(name, sample, "node"));
}

/** Names that stand alone. */
export function rootsOf(scope: Scope): Suggestion[] {
  const roots = scope.roots
    .filter((root) => root.name !== "$")
    .map((root): Suggestion => ({ ...property(root.name, root.sample, "variable"), description: root.description }));
  const known = new Set(roots.map((root) => root.label));
  const functions = scope.reference.filter((entry) => entry.on === "globals" && !known.has(entry.name)).map(method);
  const nodes: Suggestion = { label: "$(", kind: "function", detail: "$('Node')", sample: "", description: "What a node put out.", rank: DATA };
  const spaces = NAMES.map((label): Suggestion => ({ label, kind: "namespace", detail: "", sample: "", rank: LANGUAGE }));
  return [...roots, ...(scope.nodes.length > 0 ? [nodes] : []), ...functions, ...spaces].slice(0, MAX);
}

/** Whether a suggestion has to stand in brackets instead of behind a dot. */
export function needsBrackets({ kind, label }: Suggestion): boolean {
  return (kind === "property" || kind === "node") && !isPlainName(label);
}

function dataMembers(sample: Json | undefined): Suggestion[] {
  if (!isObject(sample)) return [];
  return Object.keys(sample).map((name) => property(name, sample[name], "property"));
}

function hostMembers({ kind }: Known): Suggestion[] {
  const entries = Object.hasOwn(HOST, kind) ? (HOST[kind] ?? []) : [];
  return entries.map(([signature, description]) => {
    const isMethod = signature.includes("(");
    const label = signature.replace(/\(.*/, "");
    return { label, kind: isMethod ? "method" : "property", detail: isMethod ? signature : "", sample: "", description, rank: DATA };
  });
}

function methodsOf({ kind }: Known, scope: Scope): Suggestion[] {
  const sections = kind === "DateTime" ? ["DateTime", "DateTimeFields"] : [kind];
  const length: Suggestion[] = kind === "text" || kind === "list" ? [{ label: "length", kind: "property", detail: typeWord("number"), sample: "", rank: LANGUAGE }] : [];
  return [...length, ...scope.reference.filter((entry) => sections.includes(entry.on)).map(method)];
}

function property(label: string, sample: Json | undefined, kind: SuggestionKind): Suggestion {
  const known = sample !== undefined;
  return { label, kind, detail: known ? typeWord(kindOf(sample)) : "", sample: known ? shortText(sample) : "", rank: DATA };
}

function method(entry: ReferenceEntry): Suggestion {
  const isCalled = entry.signature.includes("(");
  const kind = !isCalled ? "property" : entry.on === "globals" ? "function" : "method";
  return { label: entry.name, kind, detail: isCalled ? entry.signature : "", sample: "", description: entry.description, entry, rank: LANGUAGE };
}
