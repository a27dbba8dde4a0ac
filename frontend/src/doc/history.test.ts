// @vitest-environment node
import { describe, expect, it } from "vitest";
import { duplicate, moveNodes, removeNodes, renameNode, setParameter } from "./gestures";
import { History } from "./history";
import type { Group } from "./pending";
import { Refusal } from "./refusal";
import { counter, event, SAMPLE, sampleStore } from "./testing/samples";
import { nodeOf, type WorkflowState } from "./workflow/state";
import type { DocumentStore } from "./store";

function opened(): [DocumentStore<WorkflowState>, History<WorkflowState>] {
  const store = sampleStore();
  return [store, new History(store)];
}

function confirm(store: DocumentStore<WorkflowState>, group: Group | null, old: unknown = null): void {
  for (const operation of group?.operations ?? []) {
    const seq = store.confirmed.seq + 1;
    store.receive([event(seq, operation, { op_id: operation.op_id, old: old as never })]);
  }
}

const text = (state: WorkflowState) => (nodeOf(state, "c")?.["parameters"] as { text?: unknown }).text;

describe("undo and redo", () => {
  it.each([
    ["removing", (state: WorkflowState) => removeNodes(state, ["a", "b"])],
    ["renaming", (state: WorkflowState) => renameNode(state, "a", "Start")],
    ["moving", (state: WorkflowState) => moveNodes(state, new Map([["a", { x: 5, y: 5 }], ["c", { x: 1, y: 1 }]]))],
    ["duplicating", (state: WorkflowState) => duplicate(state, ["a", "b"], counter("copy")).drafts],
  ])("takes a gesture back as one step: %s", (label, gesture) => {
    const [store, history] = opened();
    history.commit(gesture(store.state()), { label });
    const after = store.state();
    expect(history.undoable).toBe(label);
    expect(history.undo()).toEqual({ done: true, label });
    const byId = (state: WorkflowState) => [...state.nodes].sort((one, two) => (one.id < two.id ? -1 : 1));
    expect(byId(store.state())).toEqual(byId(SAMPLE));
    expect(store.state().connections).toEqual(SAMPLE.connections);
    expect(history.redo().done).toBe(true);
    expect(byId(store.state())).toEqual(byId(after));
  });

  it("has nothing to take back at first, and nothing to do again after something new", () => {
    const [store, history] = opened();
    expect(history.undo()).toMatchObject({ done: false, refusal: { code: "nothing_to_undo" } });
    history.commit(setParameter(store.state(), "c", ["text"], 1));
    history.undo();
    history.commit(setParameter(store.state(), "c", ["text"], 2));
    expect(history.redoable).toBeNull();
  });

  it("a step that the server refuses is gone, and undo reaches the one before it", () => {
    const [store, history] = opened();
    confirm(store, history.commit(setParameter(store.state(), "a", ["text"], "good"), { label: "good" }));
    const bad = history.commit(setParameter(store.state(), "c", ["text"], "bad"), { label: "bad" });
    expect(history.top).toBe(bad?.id);
    store.refuse(bad?.operations[0]?.op_id ?? "", new Refusal("invalid_value", "No."));
    expect([history.undoable, history.redoable]).toEqual(["good", null]);
  });

  it("refuses when somebody else has changed the same since, and then reaches the step before", () => {
    const [store, history] = opened();
    confirm(store, history.commit(setParameter(store.state(), "a", ["text"], "mine"), { label: "first" }));
    confirm(store, history.commit(setParameter(store.state(), "c", ["text"], "mine")));
    store.receive([event(3, { type: "parameter_changed", path: ["nodes", "c", "parameters", "text"], new: "theirs" })]);
    expect(history.undo()).toMatchObject({ done: false, refusal: { code: "undo_conflict", current: "theirs" } });
    expect(text(store.state())).toBe("theirs");
    expect(history.undo()).toEqual({ done: true, label: "first" });
  });

  it("restores what others wrote before it in the order of the server", () => {
    const [store, history] = opened();
    const group = history.commit(setParameter(store.state(), "c", ["text"], "mine"));
    store.markSent(group!.operations);
    history.undo();
    store.receive([event(1, { type: "parameter_changed", path: ["nodes", "c", "parameters", "text"], new: "theirs" })]);
    store.receive([event(2, group!.operations[0]!, { op_id: group!.operations[0]!.op_id, old: "theirs" })]);
    expect(text(store.state())).toBe("theirs");
    expect(store.pending.at(-1)?.operations[0]?.new).toBe("theirs");
  });

  it("is not in conflict with what came before it, also when that is told again", () => {
    const [store, history] = opened();
    const before = event(1, { type: "parameter_changed", path: ["nodes", "c", "parameters", "text"], new: "theirs" });
    const group = history.commit(setParameter(store.state(), "c", ["text"], "mine"));
    store.receive([before]);
    confirm(store, group, "theirs");
    store.receive([before]);
    history.commit(setParameter(store.state(), "a", ["text"], "more"));
    store.receive([before, event(3, { type: "variables_changed", path: ["variables", "other"], new: 1 })]);
    expect(history.undo().done).toBe(true);
    expect(history.undo().done).toBe(true);
    expect(text(store.state())).toBe("theirs");
  });

  it("restores the right value also when the document that is loaded has the change already", () => {
    const store = sampleStore();
    const history = new History(store);
    const group = history.commit(setParameter(store.state(), "b", ["text"], "mine"))!;
    store.markSent(group.operations);
    history.undo();
    const nodes = SAMPLE.nodes.map((one) => (one.id === "b" ? { ...one, parameters: { text: "mine" } } : one));
    store.reset({ seq: 1, epoch: 1, state: { ...SAMPLE, nodes } });
    expect(store.pending.at(-1)?.operations[0]?.new).toBe('={{ $("A").first() }}');
  });

  it("drops an undo that is still here when somebody else was faster, and says so", () => {
    const [store, history] = opened();
    confirm(store, history.commit(setParameter(store.state(), "c", ["text"], "mine")));
    history.undo();
    store.receive([event(2, { type: "parameter_changed", path: ["nodes", "c", "parameters", "text"], new: "theirs" })]);
    expect(text(store.state())).toBe("theirs");
    expect(store.lost).toMatchObject([{ code: "undo_conflict" }]);
    expect(history.redoable).toBeNull();
  });

  it("refuses what the document does not allow any more", () => {
    const [store, history] = opened();
    const added = duplicate(store.state(), ["c"], counter("copy"));
    confirm(store, history.commit(added.drafts));
    const ends = { source: "a", source_output: "main", target: added.ids[0]!, target_input: "main" };
    store.receive([event(2, { type: "connection_added", path: ["connections", `a:main>${ends.target}:main`], new: ends })]);
    expect(history.undo()).toMatchObject({ done: false, refusal: { code: "node_connected" } });
  });

  it("forgets what another document was about", () => {
    const [store, history] = opened();
    history.commit(setParameter(store.state(), "c", ["text"], 1));
    store.reset({ seq: 9, epoch: 2, state: SAMPLE });
    expect(history.undoable).toBeNull();
    expect(text(store.state())).toBe(1);
  });
});
