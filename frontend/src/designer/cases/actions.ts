/** Running and recording tests: what commands and the dialog do. */
import { _, _n } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { RunContext } from "../runs/actions";
import { coverageAtom } from "../state/coverage";
import { dialogAtom } from "../state/panels";
import { marksOf, reportAtom, runningCasesAtom } from "./atoms";
import { withResults } from "./report";
import { caseKeys, recordCase, runCases } from "./server";

/** `whole`: these are all tests there are, so their coverage is that of the workflow. */
export async function runTests({ designer, atoms }: RunContext, tests: readonly string[], whole: boolean): Promise<void> {
  if (atoms.get(runningCasesAtom) || tests.length === 0) return;
  const running = { tests: new Set(tests), done: 0 };
  atoms.set(runningCasesAtom, running);
  try {
    const report = await runCases(designer, tests, (done) => atoms.set(runningCasesAtom, { ...running, done }));
    atoms.set(reportAtom, (before) => withResults(before, report, whole));
    if (whole && atoms.get(coverageAtom)) atoms.set(coverageAtom, marksOf(report.coverage));
  } finally {
    atoms.set(runningCasesAtom, null);
    void designer.queries.invalidateQueries({ queryKey: caseKeys.list(designer.props.workflow.id) });
  }
}

/** A run that has ended becomes a test. */
export async function record({ designer, atoms }: RunContext, execution: string): Promise<void> {
  const { workflow } = designer.props;
  const { id, name, assertions } = await recordCase(workflow.id, execution);
  void designer.queries.invalidateQueries({ queryKey: caseKeys.list(workflow.id) });
  const checks = _n("{n} check", "{n} checks", assertions.length);
  toast(_("Saved as the test “{name}”: {checks}.", { name, checks }), "success", {
    action: { label: _("Open"), onSelect: () => atoms.set(dialogAtom, { kind: "tests", test: id }) },
  });
}
