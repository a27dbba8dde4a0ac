/** The tests of the workflow, each with how it did last. */
import { Play } from "lucide-react";
import { _, _n } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { Moment } from "../../ui/Moment";
import type { Running } from "./atoms";
import { ResultPill } from "./ResultView";
import type { CaseRow, Report } from "./types";

interface Props {
  readonly rows: readonly CaseRow[];
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
  /** Undefined for whoever may not run. */
  readonly run: ((id: string) => void) | undefined;
  readonly running: Running | null;
  readonly report: Report | null;
}

export function CaseList({ rows, chosen, choose, run, running, report }: Props) {
  return (
    <ul className="case-list" aria-label={_("Tests")}>
      {rows.map((row) => {
        const isRunning = running?.tests.has(row.id) === true;
        const now = report?.results.find(({ test }) => test === row.id);
        return (
          <li key={row.id}>
            <button type="button" className="case" aria-pressed={row.id === chosen} onClick={() => choose(row.id)}>
              <span className="case-name">
                <bdi>{row.name}</bdi>
              </span>
              <ResultPill status={isRunning ? "running" : (now?.status ?? row.last_result?.status ?? null)} />
              <span className="sub">
                {_n("{n} check", "{n} checks", row.assertion_count)}
                {row.last_result && (
                  <>
                    {" · "}
                    <Moment value={row.last_result.at} />
                  </>
                )}
              </span>
            </button>
            {run && <IconButton size="small" icon={<Play size={14} aria-hidden="true" />} label={_("Run “{name}”", { name: row.name })} disabled={running !== null} onClick={() => run(row.id)} />}
          </li>
        );
      })}
    </ul>
  );
}
