// @vitest-environment node
import { locks } from "node:worker_threads";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { beforeAll, describe, expect, it } from "vitest";
import { lockClaims, memoryClaims, type Claims } from "./claims";
import { MemoryStorage, Persister, type QueueStorage } from "./persist";
import { openIndexedDb } from "./persist-indexeddb";
import { setParameter } from "./gestures";
import { Refusal } from "./refusal";
import { shared, TestClient } from "./testing/client";
import { SAMPLE, sampleStore } from "./testing/samples";
import { ServerModel } from "./testing/server";

beforeAll(() => {
  globalThis.IDBKeyRange = IDBKeyRange;
});

const storages: [string, () => Promise<QueueStorage>][] = [
  ["in memory", async () => new MemoryStorage()],
  ["in IndexedDB", () => openIndexedDb(new IDBFactory())],
];

describe.each(storages)("the queue %s", (_, open) => {
  it("comes back after a reload, in order, with what was lost", async () => {
    const storage = await open();
    const key = { document: "anna/workflow/1", client: "tab" };
    const store = sampleStore();
    const persister = new Persister(store, storage, key);
    const first = store.commit(setParameter(store.state(), "c", ["text"], "one"))!;
    for (let at = 0; at < 12; at += 1) store.commit(setParameter(store.state(), "c", ["count"], at));
    store.refuse(first.operations[0]!.op_id, new Refusal("node_not_found", "Gone."));
    await persister.settled();
    const again = sampleStore();
    await new Persister(again, storage, key).restore();
    expect(again.state()).toEqual(store.state());
    expect(again.pending.map(({ operations }) => operations)).toEqual(store.pending.map(({ operations }) => operations));
    expect(again.lost).toEqual(store.lost);
  });

  it("forgets what is saved, and keeps documents and clients apart", async () => {
    const storage = await open();
    const store = sampleStore();
    const persister = new Persister(store, storage, { document: "d", client: "one" });
    const group = store.commit(setParameter(store.state(), "c", ["text"], "one"))!;
    await persister.settled();
    expect(await storage.clients("d")).toEqual(["one"]);
    expect(await storage.clients("other")).toEqual([]);
    expect(await storage.read({ document: "d", client: "two" })).toEqual([]);
    store.settle(new Set(group.operations.map(({ op_id }) => op_id)));
    await persister.settled();
    expect(await storage.clients("d")).toEqual([]);
  });
});

it("tells of a storage that fails, and keeps all when it works again", async () => {
  const memory = new MemoryStorage();
  const errors: unknown[] = [];
  let full = true;
  const storage: QueueStorage = {
    read: (key) => memory.read(key),
    clients: (document) => memory.clients(document),
    write: (...all) => (full ? Promise.reject(new Error("Full.")) : memory.write(...all)),
  };
  const key = { document: "d", client: "one" };
  const store = sampleStore();
  const persister = new Persister(store, storage, key, (error) => errors.push(error));
  store.commit(setParameter(store.state(), "c", ["text"], 1));
  await persister.settled();
  expect(errors).toHaveLength(1);
  full = false;
  store.commit(setParameter(store.state(), "c", ["text"], 2));
  await persister.settled();
  expect(await memory.read(key)).toHaveLength(2);
});

const claims: [string, () => Claims][] = [
  ["in memory", memoryClaims],
  // Node.js has the browsers' locks too.
  ["by locks", () => lockClaims(locks as unknown as LockManager)],
];

it.each(claims)("a claim is held by one, %s", async (_, make) => {
  const claim = make();
  const release = await claim("anna/workflow/1/tab");
  expect(await claim("anna/workflow/1/tab")).toBeNull();
  release?.();
  await new Promise((resolve) => setTimeout(resolve, 0));
  const again = await claim("anna/workflow/1/tab");
  expect(again).not.toBeNull();
  again?.();
});

describe("two tabs", () => {
  const type = (client: TestClient, value: string) => {
    client.document.history.commit(setParameter(client.state, "c", [client.name], value));
    return client.document.persister.settled();
  };

  it("leave each other's queue alone, also when one is a copy of the other", async () => {
    const using = shared(new ServerModel(SAMPLE));
    const first = await TestClient.open("tab", using);
    await type(first, "typed");
    const copy = await TestClient.open("tab", using);
    expect(copy.document.clientId).not.toBe("tab");
    expect(copy.document.store.pending).toEqual([]);
    expect(await using.storage.read({ document: "anna/workflow/1", client: "tab" })).toHaveLength(1);
  });

  it("take over what a closed one has left, once", async () => {
    const using = shared(new ServerModel(SAMPLE));
    const first = await TestClient.open("first", using);
    await type(first, "typed");
    first.document.close();
    const second = await TestClient.open("second", using);
    const third = await TestClient.open("third", using);
    expect([second, third].map(({ document }) => document.store.pending.length)).toEqual([1, 0]);
    expect(await using.storage.clients("anna/workflow/1")).toEqual(["second"]);
    await second.heal();
    expect(using.server.state.nodes[2].parameters).toEqual({ first: "typed" });
  });
});
