// @vitest-environment node
import { describe, expect, it, vi } from "vitest";
import { Refusal } from "./refusal";
import { setParameter, removeNodes, moveNodes } from "./gestures";
import { event, node, sampleStore } from "./testing/samples";
import { partView, sameList, selectView } from "./views";
import { nodeOf } from "./workflow/state";

const renamed = (seq: number, id: string, name: string) => {
  return event(seq, { type: "node_updated", path: ["nodes", id, "name"], new: name });
};

describe("the store", () => {
  it("shows what is pending on top of what is confirmed", () => {
    const store = sampleStore();
    store.commit(setParameter(store.state(), "c", ["text"], "mine"));
    store.receive([renamed(1, "c", "Theirs")]);
    expect(nodeOf(store.state(), "c")).toMatchObject({ name: "Theirs", parameters: { text: "mine" } });
    expect(nodeOf(store.confirmed.state, "c")).toMatchObject({ name: "Theirs", parameters: {} });
  });

  it("tells only whose node has changed, and nobody when one's own change is confirmed", () => {
    const store = sampleStore();
    const [a, c] = [vi.fn(), vi.fn()];
    partView(store, "node:a").subscribe(a);
    partView(store, "node:c").subscribe(c);
    const group = store.commit(setParameter(store.state(), "c", ["text"], "mine"));
    expect([a.mock.calls.length, c.mock.calls.length]).toEqual([0, 1]);
    const seen = store.part("node:c");
    const own = group?.operations[0];
    store.receive([event(1, own!, { op_id: own!.op_id })]);
    expect(store.pending).toEqual([]);
    expect(store.part("node:c")).toBe(seen);
    expect(c).toHaveBeenCalledTimes(1);
  });

  it("keeps the identity of an equal answer", () => {
    const store = sampleStore();
    const ids = selectView(store, ({ nodes }) => nodes.map(({ id }) => id), sameList);
    const before = ids.snapshot();
    store.receive([renamed(1, "c", "Other")]);
    expect(ids.snapshot()).toBe(before);
    store.receive([event(2, { type: "node_removed", path: ["nodes", "c"] })]);
    expect(ids.snapshot()).toEqual(["a", "b"]);
  });

  it("passes over what it knows and says when something is missing", () => {
    const store = sampleStore();
    expect(store.receive([renamed(1, "a", "One"), renamed(1, "a", "Again")])).toBe(true);
    expect(store.receive([renamed(3, "a", "Three")])).toBe(false);
    expect(nodeOf(store.state(), "a")).toMatchObject({ name: "One" });
  });

  it("refuses a gesture that does not fit, and does nothing of it", () => {
    const store = sampleStore();
    const before = store.state();
    const drafts = [...setParameter(before, "c", ["text"], 1), { type: "node_removed", path: ["nodes", "z"] }];
    expect(() => store.commit(drafts)).toThrow(Refusal);
    expect(store.state()).toBe(before);
    expect(store.pending).toEqual([]);
  });

  it("goes on typing in one group until that is sent", () => {
    const store = sampleStore();
    const type = (text: string) => store.commit(setParameter(store.state(), "c", ["text"], text), { merge: "typing" });
    const first = type("a");
    expect(type("ab")?.id).toBe(first?.id);
    expect(store.pending).toHaveLength(1);
    store.markSent(store.pending[0]!.operations);
    type("abc");
    expect(store.pending.map(({ operations }) => operations[0]?.new)).toEqual(["ab", "abc"]);
  });

  it("reports what was refused with its value, whole or in part", () => {
    const store = sampleStore();
    const value = store.commit(setParameter(store.state(), "c", ["text"], "typed"))!;
    const moved = store.commit(moveNodes(store.state(), new Map([["a", { x: 9, y: 9 }], ["c", { x: 9, y: 9 }]])), { whole: false })!;
    store.refuse(value.operations[0]!.op_id, new Refusal("node_not_found", "Gone."));
    store.refuse(moved.operations[1]!.op_id, new Refusal("node_not_found", "Gone."));
    expect(store.lost.map(({ code, operations }) => [code, operations.map((one) => one.new)])).toEqual([
      ["node_not_found", ["typed"]],
      ["node_not_found", [{ x: 9, y: 9 }]],
    ]);
    expect(nodeOf(store.state(), "a")?.["position"]).toEqual({ x: 9, y: 9 });
    store.dismiss(store.lost[0]!.id);
    expect(store.lost).toHaveLength(1);
  });

  it("takes a whole gesture back when one part of it is refused", () => {
    const store = sampleStore();
    const drafts = [...setParameter(store.state(), "b", ["text"], "one"), ...setParameter(store.state(), "c", ["text"], "two")];
    const group = store.commit(drafts)!;
    store.refuse(group.operations[1]!.op_id, new Refusal("node_not_found", "Gone."));
    expect(store.pending).toEqual([]);
    expect(store.lost[0]?.operations.map((one) => one.new)).toEqual(["one", "two"]);
  });

  it("shows a whole gesture or nothing of it", () => {
    const store = sampleStore();
    const drafts = [...setParameter(store.state(), "b", ["text"], "one"), ...setParameter(store.state(), "c", ["text"], "two")];
    store.commit(drafts);
    store.receive([event(1, { type: "node_removed", path: ["nodes", "c"] })]);
    expect(nodeOf(store.state(), "b")).toEqual(nodeOf(store.confirmed.state, "b"));
    expect(store.olds.size).toBe(0);
  });

  it("does not call it lost when somebody else did the same", () => {
    const store = sampleStore();
    const group = store.commit(removeNodes(store.state(), ["a"]))!;
    store.refuse(group.operations[0]!.op_id, new Refusal("connection_not_found", "Gone."));
    expect(store.lost).toEqual([]);
    expect(store.pending[0]?.operations.map(({ type }) => type)).toEqual(["node_removed"]);
  });

  it("leaves out of the view what others' changes have made impossible, and shows it again when it fits", () => {
    const store = sampleStore();
    store.commit(setParameter(store.state(), "c", ["text"], "typed"));
    store.receive([event(1, { type: "node_removed", path: ["nodes", "c"] })]);
    expect(nodeOf(store.state(), "c")).toBeUndefined();
    expect(store.pending).toHaveLength(1);
    store.receive([event(2, { type: "node_added", path: ["nodes", "c"], new: node("c") })]);
    expect(nodeOf(store.state(), "c")).toMatchObject({ parameters: { text: "typed" } });
  });
});
