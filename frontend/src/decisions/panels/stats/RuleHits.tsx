/** Hits by rule, the most first; those that never fire are told apart. */
import { useState } from "react";
import { _, _n, number } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import type { Stats } from "../../server/types";
import { useTable } from "../desk";
import { RuleLink } from "../RuleLink";
import { sparkLine } from "./shapes";

const STEP = 20;
const WIDTH = 72;
const HEIGHT = 18;

export function RuleHits({ stats }: { readonly stats: Stats }) {
  const table = useTable();
  const [most, setMost] = useState(STEP);
  const present = new Set(table.rules.map(({ id }) => id));
  const fired = stats.rules.filter(({ hits }) => hits > 0).toSorted((one, other) => other.hits - one.hits);
  const told = new Set(fired.map(({ rule_id }) => rule_id));
  const never = [...present].filter((id) => !told.has(id));
  return (
    <>
      {never.length > 0 && (
        <section className="table-panel-part" aria-label={_("Never fired")}>
          <h3>
            {_("Never fired")} <span className="chip chip-warn">{never.length}</span>
          </h3>
          <p className="run-rules">
            {never.slice(0, STEP).map((id) => (
              <RuleLink key={id} id={id} />
            ))}
            {never.length > STEP && <span className="muted">{_n("and {n} more", "and {n} more", never.length - STEP)}</span>}
          </p>
        </section>
      )}
      <section className="table-panel-part" aria-label={_("Hits by rule")}>
        <h3>{_("Hits by rule")}</h3>
        <ul className="hit-items">
          {fired.slice(0, most).map(({ rule_id, hits, series }) => (
            <li key={rule_id}>
              <RuleLink id={rule_id} />
              <svg className="spark" viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`} preserveAspectRatio="none" aria-hidden="true">
                <path d={sparkLine(series, WIDTH, HEIGHT)} />
              </svg>
              <span className="hit-count">{number(hits)}</span>
            </li>
          ))}
        </ul>
        {fired.length > most && (
          <Button size="small" variant="ghost" onClick={() => setMost(most + STEP)}>
            {_("Show more rules")}
          </Button>
        )}
      </section>
    </>
  );
}
