/** Hits beside the rules: what never fires is seen. */
import type { TableState } from "../../../doc";
import { _, _n, number } from "../../../lib/i18n";
import type { BesideColumn, BesideValue } from "../../state/beside";
import type { Stats } from "../../server/types";

export const HITS = "hits";

/** Null while nothing was evaluated: then no rule stands out. */
export function hitsColumn({ rules, evaluations, days }: Stats, table: TableState): BesideColumn | null {
  if (evaluations === 0) return null;
  const hits = new Map(rules.map((rule) => [rule.rule_id, rule.hits]));
  const values = new Map(table.rules.map(({ id }) => [id, valueOf(hits.get(id) ?? 0, evaluations, days)]));
  return { id: HITS, label: _("Hits"), values };
}

function valueOf(hits: number, evaluations: number, days: number): BesideValue {
  if (hits === 0) return { text: _("never"), title: _n("This rule has not fired in the last day", "This rule has not fired in the last {n} days", days), tone: "warn" };
  return { text: number(hits), title: _n("Fired {hits} times in the last day", "Fired {hits} times in the last {n} days", days, { hits }), tone: "muted", share: Math.min(hits / evaluations, 1) };
}
