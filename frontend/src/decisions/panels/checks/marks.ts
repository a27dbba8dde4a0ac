/** Findings as marks in the grid. */
import type { Mark } from "../../state/marks";
import type { Finding } from "../../server/types";
import { withRuleNumbers } from "../values";

/** So many findings are marked; the list has them all. */
const MOST = 500;

export function findingMarks(findings: readonly Finding[], numberOf: (id: string) => number | null): readonly Mark[] {
  return findings.slice(0, MOST).flatMap((finding) => {
    const look = { kind: "finding", tone: finding.severity, message: withRuleNumbers(finding.message, finding.rules, numberOf) } as const;
    if (finding.cells.length > 0) return finding.cells.map(({ rule, column }): Mark => ({ ...look, rule, column }));
    return finding.rules.map((rule): Mark => ({ ...look, rule }));
  });
}

/** Where a finding is looked at first; null for one without a place, such as a gap. */
export function placeOf({ cells, rules }: Finding): { readonly rule: string; readonly column?: string } | null {
  const [cell] = cells;
  if (cell) return cell;
  const [rule] = rules;
  return rule === undefined ? null : { rule };
}
