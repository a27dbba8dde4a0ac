/** Many inputs, some hundred with each request, so that there is something to tell between two. */
import type { BatchRow, Values } from "../../server/types";

export const AT_ONCE = 500;

export interface Batch {
  readonly inputs: readonly Values[];
  readonly results: readonly BatchRow[];
}

export interface BatchPorts {
  readonly evaluate: (inputs: readonly Values[], signal: AbortSignal) => Promise<readonly BatchRow[]>;
  /** Hears how many rows are done. */
  readonly told: (done: number) => void;
}

export async function runBatch(inputs: readonly Values[], signal: AbortSignal, { evaluate, told }: BatchPorts): Promise<Batch> {
  const results: BatchRow[] = [];
  for (let at = 0; at < inputs.length; at += AT_ONCE) {
    signal.throwIfAborted();
    told(at);
    const answers = await evaluate(inputs.slice(at, at + AT_ONCE), signal);
    results.push(...answers.map((answer) => ({ ...answer, index: answer.index + at })));
  }
  told(inputs.length);
  return { inputs, results };
}

export interface BatchFacts {
  readonly rows: number;
  readonly matched: number;
  readonly unmatched: number;
  readonly failed: number;
}

export function factsOf({ results }: Batch): BatchFacts {
  const failed = results.filter((row) => "error" in row).length;
  const matched = results.filter((row) => !("error" in row) && row.matched).length;
  return { rows: results.length, matched, unmatched: results.length - matched - failed, failed };
}
