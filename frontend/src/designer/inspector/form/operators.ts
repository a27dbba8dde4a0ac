/**
 * The comparisons of conditions, by the kind of the left value; `tests/workflows/nodes/test_operator_table.py` holds
 * them together with the server's. A comparison without `right` looks at the left value alone.
 */
import { _ } from "../../../lib/i18n";

export type ConditionKind = "string" | "number" | "boolean" | "date_time" | "array" | "object" | "any";
export interface Comparison {
  readonly name: string;
  readonly label: () => string;
  /** The kind of the right value; null for none. */
  readonly right: ConditionKind | null;
}

const one = (name: string, right: ConditionKind | null, label: () => string): Comparison => ({ name, right, label });
const presence: readonly Comparison[] = [
  one("exists", null, () => _("exists")),
  one("not_exists", null, () => _("does not exist")),
  one("is_empty", null, () => _("is empty")),
  one("is_not_empty", null, () => _("is not empty")),
];
const equality = (kind: ConditionKind): readonly Comparison[] => [
  one("equals", kind, () => _("is equal to")),
  one("not_equals", kind, () => _("is not equal to")),
];

export const COMPARISONS: Readonly<Record<ConditionKind, readonly Comparison[]>> = {
  string: [
    ...equality("string"),
    one("contains", "string", () => _("contains")),
    one("not_contains", "string", () => _("does not contain")),
    one("starts_with", "string", () => _("starts with")),
    one("not_starts_with", "string", () => _("does not start with")),
    one("ends_with", "string", () => _("ends with")),
    one("not_ends_with", "string", () => _("does not end with")),
    one("regex", "string", () => _("matches the pattern")),
    one("not_regex", "string", () => _("does not match the pattern")),
    ...presence,
  ],
  number: [
    ...equality("number"),
    one("gt", "number", () => _("is greater than")),
    one("gte", "number", () => _("is greater than or equal to")),
    one("lt", "number", () => _("is less than")),
    one("lte", "number", () => _("is less than or equal to")),
    ...presence,
  ],
  boolean: [one("true", null, () => _("is true")), one("false", null, () => _("is false")), ...equality("boolean"), ...presence],
  date_time: [
    ...equality("date_time"),
    one("after", "date_time", () => _("is after")),
    one("after_or_equals", "date_time", () => _("is after or equal to")),
    one("before", "date_time", () => _("is before")),
    one("before_or_equals", "date_time", () => _("is before or equal to")),
    ...presence,
  ],
  array: [
    one("contains", "any", () => _("contains")),
    one("not_contains", "any", () => _("does not contain")),
    one("length_equals", "number", () => _("has the length")),
    one("length_not_equals", "number", () => _("has not the length")),
    one("length_gt", "number", () => _("is longer than")),
    one("length_gte", "number", () => _("is at least as long as")),
    one("length_lt", "number", () => _("is shorter than")),
    one("length_lte", "number", () => _("is at most as long as")),
    ...equality("array"),
    ...presence,
  ],
  object: [...equality("object"), ...presence],
  any: [...equality("any"), ...presence],
};

export const KIND_WORDS: Readonly<Record<ConditionKind, () => string>> = {
  string: () => _("Text"),
  number: () => _("Number"),
  boolean: () => _("True or false"),
  date_time: () => _("Date and time"),
  array: () => _("List"),
  object: () => _("Object"),
  any: () => _("Anything"),
};

export const KINDS = Object.keys(COMPARISONS) as readonly ConditionKind[];

export function isKind(kind: unknown): kind is ConditionKind {
  return typeof kind === "string" && Object.hasOwn(COMPARISONS, kind);
}

export function comparisonOf(kind: ConditionKind, operation: unknown): Comparison | undefined {
  return COMPARISONS[kind].find(({ name }) => name === operation);
}
