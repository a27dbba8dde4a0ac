/** What can be done with tests. */
import { ClipboardCheck, ListChecks, SquareDashed } from "lucide-react";
import { _ } from "../../lib/i18n";
import type { Command, CommandContext } from "../commands/command";
import { runFactsAtom, runStateAtom } from "../runs/atoms";
import { isFinal } from "../runs/run-state";
import { coverageAtom } from "../state/coverage";
import { dialogAtom } from "../state/panels";

/** The run that is shown, when it can become a test. */
export function recordable({ atoms }: Pick<CommandContext, "atoms">): string | null {
  const run = atoms.get(runStateAtom);
  return run && isFinal(run.status) && run.status !== "canceled" && atoms.get(runFactsAtom)?.dry !== true ? run.execution : null;
}

async function recordShown(context: CommandContext): Promise<void> {
  const execution = recordable(context);
  if (execution) await (await import("./actions")).record(context, execution);
}

export const caseCommands: readonly Command[] = [
  { id: "tests.open", title: () => _("Tests"), group: "workflow", icon: ListChecks, keys: ["t"], words: () => _("test cases checks assertions mocks coverage"), run: ({ atoms }) => atoms.set(dialogAtom, { kind: "tests" }) },
  { id: "tests.run", title: () => _("Run all tests"), group: "run", icon: ListChecks, words: () => _("test cases checks coverage"), shown: ({ designer }) => designer.props.rights.run, run: ({ atoms }) => atoms.set(dialogAtom, { kind: "tests", runs: true }) },
  { id: "tests.record", title: () => _("Save the run as a test"), group: "run", icon: ClipboardCheck, words: () => _("record test case mock"), shown: ({ designer }) => designer.props.rights.write, enabled: (context) => recordable(context) !== null, run: recordShown },
  { id: "tests.uncover", title: () => _("Take the coverage off the canvas"), group: "view", icon: SquareDashed, enabled: ({ atoms }) => atoms.get(coverageAtom) !== null, run: ({ atoms }) => atoms.set(coverageAtom, null) },
];
