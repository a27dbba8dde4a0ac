/** How a run ended, in a sentence. */
import { _, _n } from "../../lib/i18n";
import { stepsOf, type RunState } from "./run-state";
import { took } from "./words";

export function endSentence(run: RunState): string {
  const steps = stepsOf(run);
  const counted = _n("{n} step, {time}", "{n} steps, {time}", steps.length, { time: took(run.milliseconds) || took(0) });
  const failed = steps.find(({ status }) => status === "error");
  switch (run.status) {
    case "success":
      return _("The run succeeded: {counted}.", { counted });
    case "partial_success":
      return _("The run ended with failed steps: {counted}.", { counted });
    case "canceled":
      return _("The run was stopped: {counted}.", { counted });
    default:
      return failed ? _("“{name}” failed: {message}", { name: failed.name, message: failed.error?.message ?? "" }) : _("The run failed: {counted}.", { counted });
  }
}
