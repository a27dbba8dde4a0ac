/** What went wrong, and what can be done about it. */
import { CircleX } from "lucide-react";
import { useAtomValue, useSetAtom } from "jotai";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { useRun } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { useNode } from "../model/hooks";
import { faultTargetAtom } from "../state/fault-target";
import { useIsNarrow } from "../../lib/narrow";
import { dialogAtom, inspectorAtom, inspectorTabAtom } from "../state/panels";
import { selectionAtom, selectionOf } from "../state/selection";
import { runFactsAtom, runStateAtom } from "./atoms";
import { isFinal, stepsOf, type RunState, type Step } from "./run-state";

export function FailureBar() {
  const run = useAtomValue(runStateAtom);
  const facts = useAtomValue(runFactsAtom);
  if (!run || !isFinal(run.status)) return null;
  const step = failedStep(run, facts?.failedNode ?? "");
  const message = step?.error?.message || facts?.error?.message;
  if (!message || run.status === "success") return null;
  return (
    <div className="run-failure">
      <CircleX size={14} aria-hidden="true" />
      <p>
        {step && <strong><bdi>{step.name}</bdi>: </strong>}
        {message}
      </p>
      <Actions step={step} canRetry={run.status === "error"} />
    </div>
  );
}

/** The one that ended the run, else the last that failed. */
function failedStep(run: RunState, node: string): Step | undefined {
  const failed = stepsOf(run).filter(({ status }) => status === "error");
  return failed.findLast((step) => step.node === node) ?? failed.at(-1);
}

function Actions({ step, canRetry }: { readonly step: Step | undefined; readonly canRetry: boolean }) {
  const { rights } = useDesigner().props;
  const act = useRun();
  const fix = useFix();
  const node = useNode(step?.node ?? "");
  return (
    <div className="run-failure-actions">
      {step && node && (
        <Button size="small" onClick={() => fix(step)}>
          {rights.write ? _("Fix") : _("Show")}
        </Button>
      )}
      {rights.run && canRetry && (
        <Button size="small" onClick={() => act("run.retry")}>
          {_("Retry from here")}
        </Button>
      )}
    </div>
  );
}

/** Selects the step and goes to the parameter that the error names. */
function useFix(): (step: Step) => void {
  const select = useSetAtom(selectionAtom);
  const openInspector = useSetAtom(inspectorAtom);
  const openTab = useSetAtom(inspectorTabAtom);
  const point = useSetAtom(faultTargetAtom);
  const openDialog = useSetAtom(dialogAtom);
  const narrow = useIsNarrow();
  return (step) => {
    select(selectionOf([step.node]));
    openInspector(true);
    openTab("parameters");
    point({ node: step.node, path: step.error?.parameter ?? "" });
    if (narrow) openDialog({ kind: "node", id: step.node });
  };
}
