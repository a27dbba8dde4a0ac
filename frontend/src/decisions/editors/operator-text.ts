/** Operators as people write and read them. Pure. */
import type { Operator } from "../../doc/table/operators";
import { _ } from "../../lib/i18n";

/** What is typed, the longest first. */
const WRITTEN: readonly (readonly [RegExp, Operator])[] = [
  [/^(?:>=|≥)/, ">="],
  [/^(?:<=|≤)/, "<="],
  [/^(?:!=|<>|≠)/, "!="],
  [/^(?:==|=)/, "=="],
  [/^>/, ">"],
  [/^</, "<"],
  [/^(?:is\s+not\s+empty|isNotEmpty|not\s+empty)$/i, "isNotEmpty"],
  [/^(?:is\s+empty|isEmpty|empty)$/i, "isEmpty"],
  [/^(?:not\s+between|notBetween)(?=\s)/i, "notBetween"],
  [/^between(?=\s)/i, "between"],
  [/^(?:not\s+in|notIn)(?=[\s([])/i, "notIn"],
  [/^in(?=[\s([])/i, "in"],
  [/^(?:starts\s+with|startsWith)(?=[\s"])/i, "startsWith"],
  [/^(?:ends\s+with|endsWith)(?=[\s"])/i, "endsWith"],
  [/^contains(?=[\s"])/i, "contains"],
  [/^matches(?=[\s"])/i, "matches"],
];

/** The operator at the beginning of a text, and what follows it. */
export function readOperator(text: string): { readonly operator: Operator; readonly rest: string } | null {
  for (const [pattern, operator] of WRITTEN) {
    const found = pattern.exec(text);
    if (found) return { operator, rest: text.slice(found[0].length).trim() };
  }
  return null;
}

const TYPED: Readonly<Record<Operator, string>> = {
  "==": "=", "!=": "!=", ">": ">", ">=": ">=", "<": "<", "<=": "<=",
  contains: "contains", startsWith: "starts with", endsWith: "ends with", matches: "matches",
  in: "in", notIn: "not in", between: "between", notBetween: "not between",
  isEmpty: "is empty", isNotEmpty: "is not empty",
};
const PRETTY: Readonly<Partial<Record<Operator, string>>> = { "!=": "≠", ">=": "≥", "<=": "≤" };

export function operatorText(operator: Operator, pretty = false): string {
  return (pretty ? PRETTY[operator] : undefined) ?? TYPED[operator];
}

/** In words, for menus and screen readers. */
export function operatorName(operator: Operator): string {
  switch (operator) {
    case "==": return _("is equal to");
    case "!=": return _("is not equal to");
    case ">": return _("is greater than");
    case ">=": return _("is at least");
    case "<": return _("is less than");
    case "<=": return _("is at most");
    case "contains": return _("contains");
    case "startsWith": return _("starts with");
    case "endsWith": return _("ends with");
    case "matches": return _("matches a pattern");
    case "in": return _("is one of");
    case "notIn": return _("is none of");
    case "between": return _("is between, both ends included");
    case "notBetween": return _("is not between");
    case "isEmpty": return _("is empty");
    case "isNotEmpty": return _("is not empty");
  }
}
