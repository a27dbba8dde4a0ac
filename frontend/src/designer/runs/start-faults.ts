/** A refused start as faults of nodes: `definition.nodes[3].parameters.url` names the place. */
import { ApiError } from "../../api/client";
import type { WorkflowState } from "../../doc";
import type { Fault } from "../state/faults";

const IN_NODE = /^(?:definition\.)?nodes\[(\d+)\]\.?(.*)$/;

/** Empty when the refusal is about something else than the definition. */
export function faultsOf(error: unknown, state: WorkflowState): readonly Fault[] {
  if (!(error instanceof ApiError) || error.status !== 422) return [];
  return Object.entries(error.errors).flatMap(([path, messages]) => {
    const [, at, rest = ""] = IN_NODE.exec(path) ?? [];
    const node_id = at === undefined ? null : (state.nodes[Number(at)]?.id ?? null);
    return messages.map((message) => ({ severity: "error", code: error.code, message, node_id, path: rest || path }));
  });
}
