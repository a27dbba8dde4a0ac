/** The runs of this workflow, newest first; one that is chosen is shown on the canvas. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useAtomValue, useStore } from "jotai";
import { useEffect, useMemo, useState } from "react";
import { _ } from "../../lib/i18n";
import { LiveSocket } from "../../shell/socket";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { lookOf } from "../../ui/looks";
import { Pill } from "../../ui/Pill";
import { Select } from "../../ui/Select";
import { VirtualList } from "../../ui/VirtualList";
import { useDesigner } from "../model/designer";
import { openPast } from "./actions";
import { shownRunAtom } from "./atoms";
import { keys } from "./keys";
import { readRuns, type ExecutionRow, type ExecutionStatus } from "./server";
import { ago, day, modeName, took } from "./words";

const ROW = 34;
const STATUSES: readonly ExecutionStatus[] = ["running", "waiting", "paused", "success", "partial_success", "error", "canceled"];

export function RunsTab() {
  const workflow = useDesigner().props.workflow.id;
  const [status, setStatus] = useState<ExecutionStatus | "">("");
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isLoading } = useInfiniteQuery({
    queryKey: keys.runList(workflow, status),
    queryFn: ({ pageParam }) => readRuns(workflow, status, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  useLiveRuns(workflow);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const options = [{ value: "" as const, label: _("All runs") }, ...STATUSES.map((value) => ({ value, label: lookOf(value).label() }))];
  return (
    <div className="runs-tab">
      <div className="runs-filter">
        <Select<ExecutionStatus | ""> aria-label={_("Status")} value={status} onChange={setStatus} options={options} />
        {hasNextPage && (
          <Button size="small" variant="ghost" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {_("Load more")}
          </Button>
        )}
      </div>
      {rows.length === 0 && !isLoading ? (
        <EmptyState small title={_("No runs")} text={status ? _("No run has this status.") : _("Press Run to see the first one here.")} />
      ) : (
        <VirtualList className="runs-list" label={_("Runs")} count={rows.length} estimate={ROW} keyOf={(at) => rows[at]?.id ?? at} row={(at) => rows[at] && <Row row={rows[at]} />} />
      )}
    </div>
  );
}

function Row({ row }: { readonly row: ExecutionRow }) {
  const atoms = useStore();
  const shown = useAtomValue(shownRunAtom)?.execution === row.id;
  const error = row.error as { message?: unknown } | null;
  return (
    <button type="button" className="runs-line" aria-current={shown || undefined} onClick={() => openPast({ atoms }, row.id)}>
      <Pill status={row.status} />
      <time className="runs-name" dateTime={row.created_at} title={day(row.created_at)}>
        {ago(row.created_at)}
      </time>
      <span className="step-took">{took(row.total_duration_ms)}</span>
      <span>{row.dry_run ? _("Dry run") : modeName(row.trigger_mode)}</span>
      <span className="run-bar-text">v{row.version}</span>
      <span className="runs-message">{typeof error?.message === "string" ? error.message : ""}</span>
    </button>
  );
}

/** Runs that begin and end elsewhere, while the list is looked at. */
function useLiveRuns(workflow: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const again = (): void => void queries.invalidateQueries({ queryKey: keys.runs() });
    const socket = new LiveSocket({ workflow }, { changed: (frame) => frame.type === "changes" && again(), connected: () => {} });
    socket.start();
    return () => socket.stop();
  }, [workflow, queries]);
}
