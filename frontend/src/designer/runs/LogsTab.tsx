/** The log of the run that is shown, as it is written. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useAtomValue, useStore } from "jotai";
import { useEffect, useMemo, useState } from "react";
import { _, _n } from "../../lib/i18n";
import { EmptyState } from "../../ui/EmptyState";
import { Pill } from "../../ui/Pill";
import { Search } from "../../ui/Search";
import { Select } from "../../ui/Select";
import { VirtualList } from "../../ui/VirtualList";
import { select } from "./actions";
import { runStateAtom, shownRunAtom } from "./atoms";
import { keys } from "./keys";
import { fittingLines, LEVELS, type LevelChoice } from "./log-lines";
import { isFinal } from "./run-state";
import { readLogs, type LogLine } from "./server";
import { clock } from "./words";

const ROW = 30;
/** A longer log is read on its own page. */
const MOST_PAGES = 50;

export function LogsTab() {
  const shown = useAtomValue(shownRunAtom);
  if (!shown) return <EmptyState small title={_("No run is shown")} text={_("Run the workflow, or open one from the tab Runs.")} />;
  return <Log execution={shown.execution} />;
}

function Log({ execution }: { readonly execution: string }) {
  const run = useAtomValue(runStateAtom);
  const [level, setLevel] = useState<LevelChoice>("");
  const [text, setText] = useState("");
  const lines = useLines(execution, run !== null && !isFinal(run.status));
  const visible = useMemo(() => fittingLines(lines, level, text), [lines, level, text]);
  return (
    <div className="runs-tab">
      <div className="runs-filter">
        <Search label={_("Search the log")} value={text} onChange={setText} />
        <Select aria-label={_("Level")} value={level} onChange={setLevel} options={LEVELS.map(({ value, label }) => ({ value, label: label() }))} />
        <span className="run-bar-text">{_n("{n} line", "{n} lines", visible.length)}</span>
      </div>
      {visible.length === 0 ? (
        <EmptyState small title={lines.length === 0 ? _("Nothing was logged") : _("No line fits")} />
      ) : (
        <VirtualList className="runs-list" label={_("Log")} count={visible.length} estimate={ROW} keyOf={(at) => visible[at]?.id ?? at} row={(at) => visible[at] && <Line line={visible[at]} />} />
      )}
    </div>
  );
}

function useLines(execution: string, live: boolean): readonly LogLine[] {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: keys.logs(execution),
    queryFn: ({ pageParam }) => readLogs(execution, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page, pages) => (pages.length < MOST_PAGES ? page.next : null),
    refetchInterval: live ? 2_000 : false,
  });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
}

function Line({ line }: { readonly line: LogLine }) {
  const atoms = useStore();
  const content = (
    <>
      <time dateTime={line.timestamp}>{clock(line.timestamp)}</time>
      <Pill status={line.level} />
      <bdi className="runs-name">{line.node_name}</bdi>
      <span className="runs-message">{line.message}</span>
    </>
  );
  if (!line.node_id) return <div className="runs-line">{content}</div>;
  return (
    <button type="button" className="runs-line" onClick={() => select({ atoms }, line.node_id)}>
      {content}
    </button>
  );
}
