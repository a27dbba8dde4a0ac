import type { RunFacts } from "./atoms";
import type { ExecutionFull } from "./server";

/** What the banner and the bars need of an execution. */
export function factsOfExecution(answer: ExecutionFull): RunFacts {
  const error = answer.error as { message?: unknown } | null;
  return {
    version: answer.version,
    createdAt: answer.created_at,
    dry: answer.dry_run,
    failedNode: answer.failed_node,
    error: typeof error?.message === "string" ? { message: error.message } : null,
    mode: answer.trigger_mode,
  };
}
