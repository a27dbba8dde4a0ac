/** The tests of the workflow: how they did, running them, and what they are. */
import { useQuery } from "@tanstack/react-query";
import { ListChecks, Play, Plus } from "lucide-react";
import { useAtomValue, useStore } from "jotai";
import { useCallback, useEffect, useRef, useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { EmptyState } from "../../ui/EmptyState";
import { Progress } from "../../ui/Progress";
import { useDesigner } from "../model/designer";
import { tell } from "../runs/actions";
import { runTests } from "./actions";
import { reportAtom, runningCasesAtom } from "./atoms";
import { CaseEditor } from "./CaseEditor";
import { CaseList } from "./CaseList";
import { CoverageFacts } from "./CoverageFacts";
import { caseKeys, readCases } from "./server";
import type { CaseRow } from "./types";
import "./cases.css";

interface Props {
  /** The one that is shown first. */
  readonly test: string | null;
  /** All of them are run at once. */
  readonly runs: boolean;
  readonly close: () => void;
}

const NONE: readonly CaseRow[] = [];

export function TestsDialog({ test, runs, close }: Props) {
  const designer = useDesigner();
  const atoms = useStore();
  const { rights, workflow } = designer.props;
  const list = useQuery({ queryKey: caseKeys.list(workflow.id), queryFn: () => readCases(workflow.id) });
  const rows = list.data ?? NONE;
  const report = useAtomValue(reportAtom);
  const running = useAtomValue(runningCasesAtom);
  const [picked, setPicked] = useState<string | null>(test);
  const [isNew, setNew] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const chosen = isNew ? undefined : (rows.find(({ id }) => id === picked) ?? rows[0]);
  const run = (ids: readonly string[]): void => void runTests({ designer, atoms }, ids, ids.length === rows.length).catch(tell);
  // What would be lost is asked about first.
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  // A key that follows what was typed at once is heard before the dialog is drawn anew.
  const changedNow = useRef(false);
  const changed = useCallback((is: boolean) => {
    changedNow.current = is;
    setChanged(is);
  }, []);
  const leave = (then: () => void): void => (changedNow.current ? setLeaving(() => then) : then());
  const pick = (id: string | null): void =>
    leave(() => {
      setNew(id === null);
      setPicked(id);
    });
  useRunsAtOnce(runs && rights.run && list.isSuccess, () => run(rows.map(({ id }) => id)));
  return (
    <Dialog open keepOpen size="full" title={_("Tests")} onClose={() => leave(close)} className="cases-dialog">
      <div className="cases">
        <div className="cases-left">
          <div className="cases-tools">
            {rights.run && (
              <Button variant={isChanged ? "plain" : "primary"} icon={<Play size={14} aria-hidden="true" />} busy={running !== null} disabled={rows.length === 0} onClick={() => run(rows.map(({ id }) => id))}>
                {_("Run all")}
              </Button>
            )}
            {rights.write && (
              <Button icon={<Plus size={14} aria-hidden="true" />} disabled={isNew} onClick={() => pick(null)}>
                {_("New test")}
              </Button>
            )}
          </div>
          {running && <Progress label={_("Running the tests")} value={running.done} max={running.tests.size} />}
          <p className="muted" role="status">
            {!running && report && _("{passed} passed, {failed} failed.", { passed: report.passed, failed: report.failed })}
          </p>
          {report && report.coverage.nodes.total > 0 && <CoverageFacts coverage={report.coverage} />}
          {list.isPending && <Progress label={_("Loading…")} value={null} />}
          {list.error && <p className="alert err">{list.error.message}</p>}
          <CaseList rows={rows} chosen={chosen?.id ?? null} choose={pick} run={rights.run ? (id) => leave(() => (setNew(false), setPicked(id), run([id]))) : undefined} running={running} report={report} />
        </div>
        <div className="cases-right">
          {chosen || isNew ? (
            <CaseEditor
              key={chosen?.id ?? "new"}
              id={chosen?.id ?? null}
              result={report?.results.find((result) => result.test === chosen?.id)}
              last={chosen?.last_result ?? null}
              isRunning={chosen !== undefined && running?.tests.has(chosen.id) === true}
              run={rights.run ? (id) => run([id]) : undefined}
              saved={(id) => (changed(false), setNew(false), setPicked(id))}
              deleted={() => (changed(false), setPicked(null))}
              changed={changed}
            />
          ) : (
            list.isSuccess && <NoTests />
          )}
        </div>
      </div>
      {leaving && <Leave stay={() => setLeaving(null)} leave={() => (changed(false), setLeaving(null), leaving())} />}
    </Dialog>
  );
}

function Leave({ stay, leave }: { readonly stay: () => void; readonly leave: () => void }) {
  return (
    <Dialog
      open
      size="s"
      title={_("Leave without saving?")}
      description={_("What you have changed in this test is lost.")}
      onClose={stay}
      footer={
        <>
          <Button variant="ghost" onClick={stay}>
            {_("Stay")}
          </Button>
          <Button variant="danger-solid" onClick={leave}>
            {_("Leave")}
          </Button>
        </>
      }
    />
  );
}

function NoTests() {
  return (
    <EmptyState
      icon={<ListChecks size={20} />}
      level={3}
      title={_("No tests yet")}
      text={_("Run the workflow once and press “Save as test” on the run: what came in, what the calls answered and what came out becomes a test. From then on it runs before each publishing.")}
    />
  );
}

/** Once, when the list is there. */
function useRunsAtOnce(isDue: boolean, run: () => void): void {
  useEffect(() => {
    if (isDue) run();
    // What is run is what there is at that moment.
  }, [isDue]);
}
