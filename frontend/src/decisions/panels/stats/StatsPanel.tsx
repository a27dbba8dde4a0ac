/** How often the table is asked, how it goes, and which rules answer. */
import { ChartColumn } from "lucide-react";
import { useAtom } from "jotai";
import { _, _n, language, number } from "../../../lib/i18n";
import { EmptyState } from "../../../ui/EmptyState";
import { Progress } from "../../../ui/Progress";
import { Segmented } from "../../../ui/Segmented";
import type { Bucket, Stats } from "../../server/types";
import { Fact } from "../Fact";
import { Problem } from "../Problem";
import { DAYS, daysAtom } from "./atoms";
import { useStats } from "./query";
import { RuleHits } from "./RuleHits";
import { bars } from "./shapes";
import "../panels.css";

export function StatsPanel() {
  const [days, setDays] = useAtom(daysAtom);
  const stats = useStats();
  return (
    <div className="table-panel">
      <Segmented label={_("Time")} value={String(days)} onChange={(text) => setDays(DAYS.find((each) => String(each) === text) ?? 30)} options={DAYS.map((each) => ({ value: String(each), label: _n("{n} day", "{n} days", each) }))} />
      {stats.isPending && <Progress label={_("Loading…")} value={null} />}
      {stats.error && <Problem error={stats.error} />}
      {stats.data && (stats.data.evaluations > 0 ? <Figures stats={stats.data} /> : <Nothing />)}
    </div>
  );
}

function Nothing() {
  return <EmptyState small level={3} icon={<ChartColumn size={20} />} title={_("Nothing was evaluated in this time")} text={_("Publish the table and call it: how often each rule fires stands here and beside the rules.")} />;
}

const WIDTH = 320;
const HEIGHT = 96;

function Figures({ stats }: { readonly stats: Stats }) {
  const { evaluations, no_match, errors, latency_ms: latency } = stats;
  const share = (count: number): string => _("{share} %", { share: number(Math.round((count / evaluations) * 1000) / 10) });
  return (
    <>
      <dl className="number-facts">
        <Fact label={_("Evaluations")} value={number(evaluations)} />
        <Fact label={_("No match")} value={share(no_match)} tone={no_match > 0 ? "warn" : undefined} />
        <Fact label={_("Errors")} value={share(errors)} tone={errors > 0 ? "err" : undefined} />
        <Fact label={_("Time, mean")} value={milliseconds(latency.mean)} />
        <Fact label={_("Time, longest")} value={milliseconds(latency.max)} />
      </dl>
      <Chart series={stats.series} />
      <RuleHits stats={stats} />
    </>
  );
}

function milliseconds(value: number | null): string {
  return value === null ? "–" : _("{n} ms", { n: Math.round(value * 100) / 100 });
}

/** A bar for each hour or day: matched, no match, errors. The figures above say the same. */
function Chart({ series }: { readonly series: readonly Bucket[] }) {
  const first = series[0];
  const last = series.at(-1);
  return (
    <figure className="stats-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={_("Evaluations over time")}>
        {bars(series, WIDTH, HEIGHT).map((bar, at) => (
          <g key={series[at]?.start ?? at}>
            <title>{titleOf(series[at])}</title>
            {bar.parts.map(({ tone, y, height }) => (
              <rect key={tone} className={`stats-${tone}`} x={bar.x} y={y} width={bar.width} height={height} />
            ))}
          </g>
        ))}
      </svg>
      <figcaption className="muted">
        <span>{first && moment(first.start)}</span>
        <span>{last && moment(last.start)}</span>
      </figcaption>
    </figure>
  );
}

function titleOf(bucket: Bucket | undefined): string {
  if (!bucket) return "";
  const { start, evaluations, no_match, errors } = bucket;
  return _("{start}: {evaluations} evaluations, {no_match} without a match, {errors} errors", { start: moment(start), evaluations, no_match, errors });
}

function moment(text: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(new Date(text));
}
