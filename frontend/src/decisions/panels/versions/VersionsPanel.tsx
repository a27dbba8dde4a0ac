/** Every version with what it differs in; any of them can be looked at and come back. */
import { useAtom } from "jotai";
import { useEffect, useState } from "react";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { EmptyState } from "../../../ui/EmptyState";
import { Field } from "../../../ui/Field";
import { Progress } from "../../../ui/Progress";
import { Select, type SelectOption } from "../../../ui/Select";
import { History } from "lucide-react";
import { shownTableAtom } from "../../state/shown";
import type { Version, VersionName } from "../../server/types";
import { useTable } from "../desk";
import { Problem } from "../Problem";
import { DiffView } from "./DiffView";
import { usePublished } from "./facts";
import { useDiff, useVersions } from "./queries";
import { VersionItem } from "./VersionItem";
import "../panels.css";

const DRAFT = "draft";

export function VersionsPanel() {
  const versions = useVersions();
  const rows = versions.data?.pages.flatMap(({ items }) => items) ?? [];
  const published = usePublished();
  const [from, setFrom] = useState<number | null>(null);
  const [past, show] = useAtom(shownTableAtom);
  useEffect(() => () => show(null), [show]);
  const chosen = from ?? published ?? rows[0]?.number ?? null;
  return (
    <div className="table-panel">
      {past && (
        <div className="alert">
          <p>{_("An earlier version is in the grid; it cannot be changed.")}</p>
          <Button size="small" onClick={() => show(null)}>
            {_("Back to the draft")}
          </Button>
        </div>
      )}
      {versions.isPending && <Progress label={_("Loading…")} value={null} />}
      {versions.error && <Problem error={versions.error} />}
      {versions.isSuccess && rows.length === 0 && <EmptyState small level={3} icon={<History size={20} />} title={_("No version yet")} text={_("Publishing makes one: calls get it, and the draft can be changed on.")} />}
      <ol className="version-items">
        {rows.map((version) => (
          <VersionItem key={version.number} version={version} isPublished={version.number === published} compare={() => setFrom(version.number)} isCompared={version.number === chosen} />
        ))}
      </ol>
      {versions.hasNextPage && (
        <Button size="small" busy={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {_("Older versions")}
        </Button>
      )}
      {chosen !== null && <Comparison rows={rows} from={chosen} setFrom={setFrom} />}
    </div>
  );
}

interface ComparisonProps {
  readonly rows: readonly Version[];
  readonly from: number;
  readonly setFrom: (number: number) => void;
}

function Comparison({ rows, from, setFrom }: ComparisonProps) {
  const table = useTable();
  const [to, setTo] = useState<string>(DRAFT);
  const target: VersionName = to === DRAFT ? DRAFT : Number(to);
  const diff = useDiff(from, target, target === DRAFT ? table : null);
  const numbers: SelectOption[] = rows.map(({ number }) => ({ value: String(number), label: _("Version {n}", { n: number }) }));
  return (
    <section className="table-panel-part" aria-label={_("Compare")}>
      <h3>{_("Compare")}</h3>
      <div className="compare-choice">
        <Field label={_("From")}>
          <Select value={String(from)} onChange={(value) => setFrom(Number(value))} options={numbers} />
        </Field>
        <Field label={_("To")}>
          <Select value={to} onChange={setTo} options={[{ value: DRAFT, label: _("Draft") }, ...numbers]} />
        </Field>
      </div>
      {diff.isPending && <Progress label={_("Comparing…")} value={null} />}
      {diff.error && <Problem error={diff.error} />}
      {diff.data && <DiffView diff={diff.data} marks={target === DRAFT} />}
    </section>
  );
}
