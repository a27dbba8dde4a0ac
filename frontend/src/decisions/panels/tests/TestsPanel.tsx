/** The tests of the table: how they did, running them, and what they are. */
import { useQuery } from "@tanstack/react-query";
import { ListChecks, Play, Plus } from "lucide-react";
import { useAtomValue, useSetAtom } from "jotai";
import { useState } from "react";
import { _, _n, number } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { EmptyState } from "../../../ui/EmptyState";
import { Progress } from "../../../ui/Progress";
import { readCases } from "../../server/calls";
import type { TestCase } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { Problem } from "../Problem";
import { runTestsAgainAtom, testedAtom, testingAtom, testProblemAtom, type Tested } from "./atoms";
import { CaseForm } from "./CaseForm";
import { CaseItem } from "./CaseItem";
import { caseKey } from "./cases";
import "../panels.css";

const NONE: readonly TestCase[] = [];
const NEW = "new";

export function TestsPanel() {
  const { table, rights, queries } = useDesk();
  const list = useQuery({ queryKey: caseKey(table.id), queryFn: () => readCases(table.id) });
  const rows = list.data ?? NONE;
  const tested = useAtomValue(testedAtom);
  const busy = useAtomValue(testingAtom);
  const problem = useAtomValue(testProblemAtom);
  const again = useSetAtom(runTestsAgainAtom);
  const [editing, setEditing] = useState<string | null>(null);
  const done = (): void => (setEditing(null), void queries.invalidateQueries({ queryKey: caseKey(table.id) }));
  if (editing !== null) return <CaseForm key={editing} test={rows.find(({ id }) => id === editing) ?? null} done={done} cancel={() => setEditing(null)} />;
  return (
    <div className="table-panel">
      <div className="table-panel-head">
        {rights.run && (
          <Button variant="primary" size="small" icon={<Play size={14} aria-hidden="true" />} busy={busy} disabled={rows.length === 0} onClick={() => again((count) => count + 1)}>
            {_("Run all")}
          </Button>
        )}
        {rights.write && (
          <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setEditing(NEW)}>
            {_("New test")}
          </Button>
        )}
      </div>
      {list.isPending && <Progress label={_("Loading…")} value={null} />}
      {list.error && <Problem error={list.error} />}
      {problem !== null && <Problem error={new Error(problem)} />}
      {tested && rows.length > 0 && <Summary tested={tested} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState small level={3} icon={<ListChecks size={20} />} title={_("No test yet")} text={_("Run the table and record the answer as a test, or write one. Tests run after every change.")} />
      )}
      <ul className="case-items">
        {rows.map((test) => (
          <CaseItem key={test.id} test={test} result={tested?.report.cases.find(({ id }) => id === test.id)} edit={rights.write ? () => setEditing(test.id) : undefined} />
        ))}
      </ul>
    </div>
  );
}

/** How many passed, and how much of the table they reach. */
function Summary({ tested: { report, of } }: { readonly tested: Tested }) {
  const table = useTable();
  const { passed, failed } = report.totals;
  const rules = Object.values(report.coverage.rules);
  const reached = rules.filter((hits) => hits > 0).length;
  return (
    <div className="tests-summary">
      <p role="status" data-tone={failed > 0 ? "err" : "ok"}>
        {failed > 0 ? _n("{n} test fails, {passed} pass.", "{n} tests fail, {passed} pass.", failed, { passed }) : _n("{n} test passes.", "{n} tests pass.", passed)}
        {of !== table && <span className="muted"> {_("Running again after your change…")}</span>}
      </p>
      <Progress label={_("Rules that a test reaches")} value={reached} max={Math.max(rules.length, 1)} />
      <p className="muted">
        {_("{reached} of {all} rules are reached by a test ({share} %).", { reached, all: rules.length, share: number(Math.round(report.coverage.share * 100)) })}
      </p>
    </div>
  );
}
