// @vitest-environment node
import { describe, expect, it } from "vitest";
import { nextBatch } from "./batches";
import type { Draft } from "./operations";
import { Refusal } from "./refusal";
import { Synchronizer } from "./sync";
import { ManualTimers, Network, settle } from "./testing/network";
import { sampleStore, SAMPLE } from "./testing/samples";
import { ServerModel } from "./testing/server";
import { pauseAfter } from "./timers";
import { Denied, type Batch, type Transport } from "./transport";
import { workflowState, type WorkflowState } from "./workflow/state";

const variable = (name: string, value: string | number = 1): Draft => {
  return { type: "variables_changed", path: ["variables", name], new: value };
};

function setUp(change: (transport: Transport) => Partial<Transport> = () => ({})) {
  const server = new ServerModel(SAMPLE);
  const network = new Network(server);
  const timers = new ManualTimers();
  const store = sampleStore();
  const transport = { ...network.transport, ...change(network.transport) };
  const sync = new Synchronizer<WorkflowState>(store, transport, { clientId: "me", read: workflowState, timers });
  sync.start();
  return { server, network, timers, store, sync };
}

describe("batches", () => {
  it("hold at most 50 operations and 1 MB, and whole groups where they can", () => {
    const store = sampleStore();
    store.commit(Array.from({ length: 30 }, (_, at) => variable(`a${at}`)));
    store.commit(Array.from({ length: 30 }, (_, at) => variable(`b${at}`)));
    store.commit(Array.from({ length: 120 }, (_, at) => variable(`c${at}`)));
    const sizes: number[] = [];
    for (let batch = nextBatch(store.pending); batch.length > 0; batch = nextBatch(store.pending)) {
      sizes.push(batch.length);
      store.settle(new Set(batch.map(({ op_id }) => op_id)));
    }
    expect(sizes).toEqual([30, 30, 50, 50, 20]);
    for (let at = 0; at < 6; at += 1) store.commit([variable(`big${at}`, "x".repeat(200 * 1024))]);
    const batch = nextBatch(store.pending);
    expect(batch).toHaveLength(5);
    expect(JSON.stringify(batch).length).toBeLessThan(1024 * 1024);
  });

  it("send a new document alone", () => {
    const store = sampleStore();
    store.commit([variable("before")]);
    store.commit([{ type: "document_replaced", path: [], new: SAMPLE }]);
    store.commit([variable("after")]);
    expect(nextBatch(store.pending).map(({ path }) => path.length)).toEqual([2]);
    expect(nextBatch(store.pending.slice(1))).toHaveLength(1);
  });
});

describe("sending", () => {
  it("goes from saved to saving and back, one call at a time", async () => {
    const { store, sync, timers, network } = setUp();
    expect(sync.saving()).toEqual({ kind: "saved" });
    store.commit([variable("one")]);
    expect(sync.saving()).toEqual({ kind: "saving", pending: 1 });
    await timers.fire();
    store.commit([variable("two")]);
    await timers.fire();
    expect(network.calls).toHaveLength(1);
    await network.answer("ok");
    await network.answer("ok");
    expect(sync.saving()).toEqual({ kind: "saved" });
    expect(store.confirmed).toMatchObject({ seq: 2, state: { variables: { one: 1, two: 1 } } });
  });

  it("says offline with what waits, tries again, and repeats do no harm", async () => {
    const { server, store, sync, timers, network } = setUp();
    store.commit([variable("one")]);
    for (const fate of ["lost_answer", "lost_request"] as const) {
      await timers.fire();
      await network.answer(fate);
      expect(sync.saving()).toMatchObject({ kind: "offline", pending: 1 });
    }
    await timers.fire();
    await network.answer("ok");
    expect(sync.saving()).toEqual({ kind: "saved" });
    expect(server.log).toHaveLength(1);
  });

  it("is done with a repeat whose first event the answer does not tell again", async () => {
    const { server, store, sync, timers, network } = setUp((real) => ({
      submit: async (batch: Batch) => {
        const answer = await real.submit(batch);
        return answer.kind === "accepted" ? { ...answer, events: answer.events.slice(server.seq) } : answer;
      },
    }));
    store.commit([variable("one")]);
    await timers.fire();
    await network.answer("lost_answer");
    store.reset({ seq: server.seq, epoch: 1, state: workflowState(server.state) });
    await timers.fire();
    await network.answer("ok");
    expect(network.calls).toHaveLength(0);
    expect(sync.saving()).toEqual({ kind: "saved" });
  });

  it("reads first when too much has happened, and then sends again", async () => {
    let asked = 0;
    const { server, store, sync, timers, network } = setUp((real) => ({
      submit: (batch: Batch) => ((asked += 1) === 1 ? Promise.resolve({ kind: "behind" as const }) : real.submit(batch)),
    }));
    server.submit({ base_seq: 0, epoch: 1, client_id: "bob", ops: [{ ...variable("theirs"), op_id: "theirs" }] });
    store.commit([variable("mine")]);
    await timers.fire();
    for (let round = 0; round < 3; round += 1) await network.answer("ok");
    expect(sync.saving()).toEqual({ kind: "saved" });
    expect(store.confirmed).toMatchObject({ seq: 2, state: { variables: { theirs: 1, mine: 1 } } });
  });

  it("waits longer after each failure, up to a minute", () => {
    expect([1, 2, 3].map((failures) => pauseAfter(failures, 0.999))).toEqual([999.5, 1999, 3998]);
    expect(pauseAfter(100, 0)).toBe(30_000);
    expect(pauseAfter(100, 1)).toBe(60_000);
  });

  it("drops only what is refused, reports it, and sends the rest", async () => {
    const { server, store, sync, timers, network } = setUp();
    store.commit([variable("one")]);
    store.commit([{ type: "node_updated", path: ["nodes", "c", "notes"], new: "typed" }]);
    store.commit([variable("two")]);
    server.submit({ base_seq: 0, epoch: 1, client_id: "bob", ops: [{ op_id: "x", type: "node_removed", path: ["nodes", "c"] }] });
    await timers.fire();
    await network.answer("ok");
    await network.answer("ok");
    expect(sync.saving()).toMatchObject({ kind: "refused", refused: 1, pending: 0, lost: [{ code: "node_not_found" }] });
    expect(store.lost[0]?.operations[0]?.new).toBe("typed");
    expect(server.state.variables).toMatchObject({ one: 1, two: 1 });
    store.dismiss(store.lost[0]!.id);
    expect(sync.saving()).toEqual({ kind: "saved" });
  });

  it("finds the refused one when the answer does not say which", async () => {
    const sizes: number[] = [];
    const { store, timers, network } = setUp((real) => ({
      submit: async (batch: Batch) => {
        sizes.push(batch.ops.length);
        const bad = batch.ops.some(({ path }) => path[1] === "bad");
        return bad ? { kind: "refused", index: null, refusal: new Refusal("invalid_value", "No.") } : real.submit(batch);
      },
    }));
    for (const name of ["one", "bad", "two"]) store.commit([variable(name)]);
    await timers.fire();
    for (let round = 0; round < 4; round += 1) await network.answer("ok");
    expect(store.lost.map(({ operations }) => operations[0]?.path[1])).toEqual(["bad"]);
    expect(store.pending).toEqual([]);
    expect(sizes[0]).toBe(3);
  });

  it("loads the document anew when it was replaced, and sends what is pending to the new one", async () => {
    const { server, store, sync, timers, network } = setUp();
    store.commit([variable("mine")]);
    const ops = [{ op_id: "import", type: "document_replaced", path: [], new: { ...SAMPLE, variables: { theirs: 1 } } }];
    server.submit({ base_seq: 0, epoch: 1, client_id: "bob", ops });
    await timers.fire();
    for (let round = 0; round < 4; round += 1) await network.answer("ok");
    expect(sync.saving()).toEqual({ kind: "saved" });
    expect(store.state().variables).toEqual({ theirs: 1, mine: 1 });
    expect(store.confirmed.epoch).toBe(2);
  });

  it("does not go round and round when it is stale again at once", async () => {
    let calls = 0;
    const { store, sync, timers, network } = setUp(() => ({
      submit: async () => {
        calls += 1;
        return { kind: "stale" };
      },
    }));
    store.commit([variable("mine")]);
    await timers.fire();
    for (let round = 0; round < 4; round += 1) await network.answer("ok");
    expect(calls).toBe(2);
    expect(sync.saving()).toMatchObject({ kind: "offline", pending: 1 });
  });

  it("keeps what is pending while access is denied", async () => {
    let denied = true;
    const { store, sync, timers, network } = setUp((real) => ({
      submit: (batch: Batch) => (denied ? Promise.reject(new Denied("not_signed_in", "Sign in.")) : real.submit(batch)),
    }));
    store.commit([variable("mine")]);
    await timers.fire();
    expect(sync.saving()).toEqual({ kind: "offline", pending: 1, reason: "Sign in." });
    denied = false;
    sync.wake();
    await timers.fire();
    for (let round = 0; round < 3; round += 1) await network.answer("ok");
    expect(sync.saving()).toEqual({ kind: "saved" });
  });

  it("fetches what it was not told, and loads anew what it cannot apply", async () => {
    const { server, store, sync, timers, network } = setUp();
    for (const name of ["one", "two", "three"]) {
      server.submit({ base_seq: 0, epoch: 1, client_id: "bob", ops: [{ ...variable(name), op_id: name }] });
    }
    sync.receive([server.log[2]!]);
    await timers.fire();
    await network.answer("ok");
    expect(store.confirmed.seq).toBe(3);
    server.submit({ base_seq: 3, epoch: 1, client_id: "bob", ops: [{ ...variable("four"), op_id: "four" }] });
    sync.receive([{ ...server.log[3]!, type: "from_the_future" }]);
    await timers.fire();
    await network.answer("ok");
    await settle();
    expect(store.confirmed).toMatchObject({ seq: 4, state: { variables: { four: 1 } } });
  });
});
