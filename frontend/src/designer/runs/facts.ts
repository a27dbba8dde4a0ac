import type { Pause, RunFacts } from "./atoms";
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
    pause: pauseOf(answer.pause),
    pauseRequested: answer.pause_requested,
  };
}

function pauseOf(pause: ExecutionFull["pause"]): Pause | null {
  if (!pause) return null;
  return { reason: pause.reason === "doubt" ? "doubt" : "person", since: pause.since, node: pause.node ?? null, nodeName: pause.node_name ?? "" };
}
