/** Documents and stores for tests. */
import { DocumentStore } from "../store";
import type { DocumentEvent, Draft } from "../operations";
import { workflowResource } from "../workflow/resource";
import type { NodeState, WorkflowState } from "../workflow/state";

export function node(id: string, more: object = {}): NodeState {
  return { id, type: "set", name: id.toUpperCase(), parameters: {}, ...more };
}

export const SAMPLE: WorkflowState = {
  schema_version: 1,
  nodes: [
    node("a", { position: { x: 0, y: 0 } }),
    node("b", { parameters: { text: '={{ $("A").first() }}', list: ["x", { deep: 1 }] } }),
    node("c"),
  ],
  connections: [{ source: "a", target: "b" }],
  variables: { limit: 3 },
  settings: {},
};

export function counter(prefix = "id"): () => string {
  let at = 0;
  return () => `${prefix}${(at += 1)}`;
}

export function sampleStore(state = SAMPLE): DocumentStore<WorkflowState> {
  return new DocumentStore(workflowResource, { seq: 0, epoch: 1, state }, counter());
}

/** The event that the server would make of a draft. */
export function event(seq: number, draft: Draft, more: Partial<DocumentEvent> = {}): DocumentEvent {
  const kept = { old: null, new: draft.new ?? null, actor: "bob", actor_kind: "user", client_id: "bob" };
  return { ...draft, ...kept, seq, op_id: `event${seq}`, timestamp: "2026-01-01T00:00:00Z", ...more };
}
