/** Which rules the tests reach, beside the rules. */
import { _, _n } from "../../../lib/i18n";
import type { BesideColumn, BesideValue } from "../../state/beside";
import type { TableState } from "../../../doc";
import type { TestReport } from "../../server/types";

export const COVERAGE = "coverage";

export function coverageColumn({ coverage }: TestReport, table: TableState): BesideColumn {
  const values = new Map<string, BesideValue>();
  for (const { id } of table.rules) {
    const hits = coverage.rules[id];
    if (hits === undefined) continue;
    values.set(id, hits > 0 ? { text: String(hits), title: _n("{n} test ends at this rule", "{n} tests end at this rule", hits), tone: "ok" } : { text: "0", title: _("No test ends at this rule"), tone: "warn" });
  }
  return { id: COVERAGE, label: _("Tests"), values };
}
