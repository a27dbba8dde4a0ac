/** What completion knows of a value: its kind, and a sample when data have been seen. Pure. */
import { isList, isObject, type Json } from "../../doc/json";
import type { Reference, ReferenceEntry, Scope } from "./types";

/** Kinds beside those of the reference: what the engine gives, which has members of its own. */
export type HostKind = "input" | "node" | "entry" | "binary" | "nodes-by-name" | "custom-data";

export interface Known {
  /** A kind of the reference (`text`, `list`, `DateTime`, `Math` …), or one of the engine's. */
  readonly kind: string;
  readonly sample?: Json | undefined;
  /** The entries of a list, or the JSON of an entry, where they are known without a sample of the whole. */
  readonly inner?: Known | undefined;
}

const NAMESPACES: Readonly<Record<string, string>> = {
  Math: "Math",
  JSON: "JSON",
  Object: "Object",
  Array: "Array",
  Number: "Number",
  String: "String",
  Date: "DateMakers",
  DateTime: "DateTimeMakers",
  Duration: "DurationMakers",
  Interval: "IntervalMakers",
};

const SAME_LIST = new Set(["filter", "slice", "sort", "toSorted", "reverse", "toReversed", "concat", "unique", "removeDuplicates", "compact", "shuffle"]);
const ONE_OF_LIST = new Set(["find", "findLast", "at", "first", "last", "pop", "shift", "randomItem"]);
const MAKES_DATES = new Set([
  "plus", "minus", "startOf", "endOf", "beginningOf", "endOfMonth", "set", "setZone", "setLocale", "toUTC", "toLocal",
  "reconfigure", "toDateTime", "toDate", "fromISO", "fromFormat", "fromMillis", "fromSeconds", "fromObject", "fromSQL", "fromJSDate", "now", "local", "utc",
]); // prettier-ignore

export function kindOf(value: Json | undefined): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return "text";
  if (isList(value)) return "list";
  return typeof value;
}

export function knownValue(value: Json | undefined): Known {
  return value === undefined ? { kind: "" } : { kind: kindOf(value), sample: value };
}

/** The value of a name that stands alone; null for one that nobody knows. */
export function rootValue(name: string, scope: Scope): Known | null {
  if (name === "$input") return { kind: "input", inner: knownValue(sampleOf("$json", scope)) };
  if (name === "$node") return { kind: "nodes-by-name" };
  if (name === "$binary") return { kind: "binary" };
  if (name === "$item") return entry(knownValue(sampleOf("$json", scope)));
  if (name === "$now" || name === "$today") return { kind: "DateTime", sample: sampleOf(name, scope) };
  const root = scope.roots.find((each) => each.name === name);
  if (root) return knownValue(root.sample);
  const space = Object.hasOwn(NAMESPACES, name) ? NAMESPACES[name] : undefined;
  return space ? { kind: space } : null;
}

/** The output of a node by its name. */
export function nodeValue(name: string, scope: Scope): Known {
  return { kind: "node", inner: knownValue(scope.nodes.find((node) => node.name === name)?.sample) };
}

/** What `$items()` gives. */
export function itemsValue(inner: Known | undefined): Known {
  return { kind: "list", inner: entry(inner) };
}

/** A member, without calling it. */
export function memberOf(base: Known, name: string, scope: Scope): Known | null {
  const host = hostMember(base, name);
  if (host) return host;
  if (base.kind === "nodes-by-name") return nodeValue(name, scope);
  const { sample } = base;
  if (isObject(sample)) {
    return Object.hasOwn(sample, name) ? knownValue(sample[name]) : null;
  }
  if (name === "length" && (base.kind === "text" || base.kind === "list")) return { kind: "number" };
  const field = base.kind === "DateTime" ? entryOf(scope.reference, "DateTimeFields", name) : undefined;
  return field ? { kind: resultKind(field) } : null;
}

/** An entry of a list; `at` is null where the position is computed. */
export function elementOf(base: Known, at: number | null): Known | null {
  if (base.inner) return base.inner;
  return isList(base.sample) ? knownValue(base.sample[at ?? 0] ?? base.sample[0]) : null;
}

/** What a method gives. */
export function resultOf(base: Known, name: string, scope: Scope): Known | null {
  const host = hostCall(base, name);
  if (host) return host;
  if (base.kind === "list" && ONE_OF_LIST.has(name)) return elementOf(base, null);
  if (base.kind === "list" && SAME_LIST.has(name)) return base;
  const entry = entryOf(scope.reference, base.kind, name);
  return entry ? { kind: resultKind(entry) } : null;
}

/** What a function gives that stands alone. */
export function globalResult(name: string, scope: Scope): Known | null {
  const entry = entryOf(scope.reference, "globals", name);
  return entry ? { kind: resultKind(entry) } : null;
}

function hostMember(base: Known, name: string): Known | null {
  if (base.kind === "entry") return name === "json" ? (base.inner ?? null) : name === "binary" ? { kind: "binary" } : null;
  if (base.kind !== "input" && base.kind !== "node") return null;
  if (name === "item") return entry(base.inner);
  if (name === "json" && base.kind === "node") return base.inner ?? null;
  return null;
}

function hostCall(base: Known, name: string): Known | null {
  if (base.kind !== "input" && base.kind !== "node") return null;
  if (name === "all") return itemsValue(base.inner);
  return ["first", "last", "itemMatching", "pairedItem"].includes(name) ? entry(base.inner) : null;
}

function entry(inner: Known | undefined): Known {
  return { kind: "entry", inner };
}

function sampleOf(name: string, scope: Scope): Json | undefined {
  return scope.roots.find((root) => root.name === name)?.sample;
}

function entryOf(reference: Reference, on: string, name: string): ReferenceEntry | undefined {
  return reference.find((each) => each.on === on && each.name === name);
}

/** Read off the result of the reference's example. */
function resultKind({ name, result, on }: ReferenceEntry): string {
  if (MAKES_DATES.has(name) && !["list", "object", "globals", "Set"].includes(on)) return "DateTime";
  try {
    return kindOf(JSON.parse(result) as Json);
  } catch {
    return "";
  }
}
