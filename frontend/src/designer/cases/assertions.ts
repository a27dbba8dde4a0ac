/** The kinds of assertions: what each needs to be told, and how it reads. Pure. */
import { _ } from "../../lib/i18n";
import type { Assertion, Kind } from "./types";

export interface KindFields {
  /** Whether a step can or must be named. */
  readonly node: "none" | "may" | "must";
  /** Whether a port, an item and a place in it can be named. */
  readonly place: "none" | "port" | "item" | "path";
  readonly expected: "none" | "status" | "number" | "text" | "json";
  /** Whether places can be left out of the comparison. */
  readonly ignore: boolean;
}

const FIELDS: Readonly<Record<Kind, KindFields>> = {
  status: { node: "may", place: "none", expected: "status", ignore: false },
  ran: { node: "must", place: "none", expected: "number", ignore: false },
  not_run: { node: "must", place: "none", expected: "none", ignore: false },
  count: { node: "may", place: "port", expected: "number", ignore: false },
  equals: { node: "may", place: "item", expected: "json", ignore: true },
  contains: { node: "may", place: "item", expected: "json", ignore: false },
  matches: { node: "may", place: "item", expected: "text", ignore: false },
  expression: { node: "may", place: "item", expected: "text", ignore: false },
  error_kind: { node: "may", place: "none", expected: "text", ignore: false },
  response: { node: "none", place: "path", expected: "json", ignore: true },
};

export function fieldsOf(kind: Kind): KindFields {
  return FIELDS[kind];
}

const NAMES: Readonly<Record<Kind, () => string>> = {
  status: () => _("Status is"),
  ran: () => _("Ran"),
  not_run: () => _("Did not run"),
  count: () => _("Number of items is"),
  equals: () => _("Equals"),
  contains: () => _("Contains"),
  matches: () => _("Matches the pattern"),
  expression: () => _("Is true"),
  error_kind: () => _("Kind of error is"),
  response: () => _("Answer of the webhook"),
};

export function kindName(kind: Kind): string {
  return NAMES[kind]();
}

/** The same assertion of another kind: what it cannot say is left out, what it must say has a first value. */
export function withKind(before: Assertion, kind: Kind): Assertion {
  const fields = FIELDS[kind];
  const keepsPlace = fields.place === "item" ? (["output", "run", "item", "path"] as const) : fields.place === "port" ? (["output", "run"] as const) : fields.place === "path" ? (["path"] as const) : [];
  const place = Object.fromEntries(keepsPlace.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]])));
  const isSameSort = FIELDS[before.kind].expected === fields.expected && before.expected !== undefined;
  return {
    kind,
    node: fields.node === "none" ? null : before.node,
    ...place,
    ...(fields.expected === "none" ? {} : { expected: isSameSort ? before.expected : firstExpected(fields.expected, kind) }),
    ...(fields.ignore && before.ignore ? { ignore: before.ignore } : {}),
  };
}

function firstExpected(sort: KindFields["expected"], kind: Kind): string | number {
  if (sort === "number") return 1;
  if (sort === "status") return "success";
  return kind === "expression" ? "$json.total > 0" : "";
}

/** Without members that are empty: `path: ""` and `item: undefined` say nothing. */
export function tidied(assertion: Assertion): Assertion {
  const entries = Object.entries(assertion).filter(([name, value]) => {
    if (name === "kind" || name === "node") return true;
    if (name === "expected") return value !== undefined;
    return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  });
  return Object.fromEntries(entries) as unknown as Assertion;
}
