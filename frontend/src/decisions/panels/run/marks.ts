/** An answer as marks in the grid. */
import type { Mark } from "../../state/marks";
import type { Evaluation, TracedRule } from "../../server/types";

export function matchMarks({ rule_ids }: Evaluation): readonly Mark[] {
  return rule_ids.map((rule) => ({ kind: "match", tone: "match", rule }));
}

/** Which conditions of one rule held. */
export function traceMarks({ rule_id, conditions }: TracedRule): readonly Mark[] {
  return conditions.map(({ column, held }) => ({ kind: "match", tone: held ? "match" : "miss", rule: rule_id, column }));
}
