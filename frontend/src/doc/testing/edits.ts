/** Random gestures, made from numbers so that they fit whatever the state is at that moment. */
import type { Draft } from "../operations";
import * as gestures from "../gestures";
import { nameOf, connectionKey, type WorkflowState } from "../workflow/state";

function pick<Entry>(entries: readonly Entry[], number: number): Entry | undefined {
  return entries[number % Math.max(1, entries.length)];
}

type Edit = (state: WorkflowState, a: number, b: number, newId: () => string) => readonly Draft[];

const id = (state: WorkflowState, number: number): string => pick(state.nodes, number)?.id ?? "none";
const key = (state: WorkflowState, number: number): string => {
  const connection = pick(state.connections, number);
  return connection ? connectionKey(connection) : "none";
};
const node = (newId: () => string, a: number): { id: string; type: string; name: string } => {
  return { id: newId(), type: "set", name: `Node ${a % 5}` };
};

export const EDITS: readonly Edit[] = [
  (state, a, _, newId) => gestures.addNode(state, node(newId, a)),
  (state, a) => gestures.removeNodes(state, [id(state, a)]),
  (state, a, b) => gestures.removeNodes(state, [id(state, a), id(state, b)]),
  (state, a, b) => gestures.moveNodes(state, new Map([[id(state, a), { x: b, y: a }], [id(state, b), { x: a, y: b }]])),
  (state, a, b) =>
    state.nodes.length > 0 ? gestures.connect(state, { source: id(state, a), target: id(state, b) }) : [],
  (state, a) => gestures.disconnect(state, [key(state, a)]),
  (state, a, b) =>
    state.nodes.length > 0 ? gestures.setParameter(state, id(state, a), [`p${b % 3}`], `value ${a}.${b}`) : [],
  (state, a, b) =>
    state.nodes.length > 0 ? gestures.setParameter(state, id(state, a), ["deep", `k${b % 2}`], b % 4 ? { a, b } : null) : [],
  (state, a, b) => gestures.renameNode(state, id(state, a), `Name ${b % 4}`),
  (state, a, b) => {
    const text = `={{ $("${nameOf(pick(state.nodes, b) ?? { id: "none", type: "set" })}").first() }}`;
    return state.nodes.length > 0 ? gestures.setParameter(state, id(state, a), ["ref"], text) : [];
  },
  (state, a, _, newId) => gestures.insertOnConnection(state, key(state, a), node(newId, a)),
  (state, a, b, newId) => gestures.duplicate(state, [id(state, a), id(state, b)], newId).drafts,
  (_, a, b) => [{ type: "variables_changed", path: ["variables", `v${a % 2}`], new: b }],
];
