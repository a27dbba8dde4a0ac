// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { same, type Json } from "./json";
import { alreadySo } from "./refusal";
import { shared, TestClient } from "./testing/client";
import { EDITS } from "./testing/edits";
import type { Fate } from "./testing/network";
import { ServerModel } from "./testing/server";

const SEED = 20_261_121;
const number = fc.nat(50);

const command = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("edit" as const), client: number, kind: number, a: number, b: number }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("step" as const), client: number, fate: fc.constantFrom<Fate>("ok", "ok", "lost_request", "lost_answer") }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("undo" as const, "redo" as const), client: number }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("tell" as const), client: number, from: number, upTo: number }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("reload" as const, "replace" as const), client: number }) },
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

const START: Json = {
  schema_version: 1,
  nodes: [
    { id: "a", type: "manual", name: "Start", parameters: {} },
    { id: "b", type: "set", name: "Greet", parameters: { text: '={{ $("Start").first() }}' } },
  ],
  connections: [{ source: "a", target: "b" }],
  variables: {},
  settings: {},
};

class World {
  readonly server = new ServerModel(START);
  clients: TestClient[] = [];
  /** By the id of an operation that takes back, the one that is taken back. */
  readonly inverts = new Map<string, string>();

  async open(count: number): Promise<void> {
    const using = shared(this.server);
    for (let at = 0; at < count; at += 1) this.clients.push(await TestClient.open(`client${at}`, using));
  }

  async run(order: Command): Promise<void> {
    const client = this.clients[order.client % this.clients.length] as TestClient;
    const { history, sync, store } = client.document;
    if (order.do === "edit") {
      const edit = EDITS[order.kind % EDITS.length] as (typeof EDITS)[number];
      const drafts = edit(client.state, order.a, order.b, client.newId);
      const whole = drafts.every(({ type }) => type !== "node_moved");
      const merge = drafts[0]?.type === "parameter_changed" ? "typing" : undefined;
      const group = history.commit(drafts, { label: "edit", whole, ...(merge && { merge }) });
      if (group) client.done.push(group);
    } else if (order.do === "step") await client.step(order.fate);
    else if (order.do === "undo" || order.do === "redo") {
      const undone = history[order.do]();
      if (undone.done) for (const entry of Object.entries(store.pending.at(-1)?.inverts ?? {})) this.inverts.set(...entry);
    } else if (order.do === "tell") {
      const told = this.server.log.slice(order.from, order.from + order.upTo);
      sync.receive(told.reverse().flatMap((event, at) => (at % 3 ? [event] : [event, event])));
    } else if (order.do === "reload") await client.reload();
    else if (this.server.seq % 3 === 0) this.replace();
  }

  replace(): void {
    const state = structuredClone(this.server.state);
    state.nodes = state.nodes.filter((node: { id: string }) => node.id !== "b");
    state.connections = [];
    const ops = [{ op_id: `import-${this.server.seq}`, type: "document_replaced", path: [], new: state }];
    this.server.submit({ base_seq: this.server.seq, epoch: this.server.epoch, client_id: "import", ops });
  }

  async heal(): Promise<void> {
    // Twice: what the last one sends the first has not seen.
    for (const client of [...this.clients, ...this.clients]) await client.heal();
  }
}

function sorted(state: Json): Json {
  return JSON.parse(JSON.stringify(state)) as Json;
}

function checkEnd(world: World): void {
  const { server, clients } = world;
  expect(server.log.map(({ seq }) => seq)).toEqual(server.log.map((_, at) => at + 1));
  expect(new Set(server.log.map(({ op_id }) => op_id)).size).toBe(server.log.length);
  expect(same(server.fold(), server.state)).toBe(true);
  for (const client of clients) {
    expect(client.document.store.confirmed.seq).toBe(server.seq);
    expect(sorted(client.state)).toEqual(sorted(server.state));
    expect(client.network.most).toBeLessThanOrEqual(1);
  }
}

/** Every value that somebody typed is in the log, or reported with the value, or was typed over by the same person. */
function checkNothingLost({ server, clients }: World): void {
  const inLog = new Set(server.log.map(({ op_id }) => op_id));
  for (const client of clients) {
    const lost = new Map(client.document.store.lost.flatMap(({ operations }) => operations.map((one) => [one.op_id, one])));
    const last = new Map(client.done.map((group) => [group.id, group]));
    for (const operation of [...last.values()].flatMap(({ operations }) => operations)) {
      const reached = alreadySo(operation.type, "connection_exists") || operation.new === undefined;
      if (inLog.has(operation.op_id) || reached) continue;
      expect(lost.get(operation.op_id)?.new, `${client.name} ${JSON.stringify(operation)}`).toEqual(operation.new);
    }
  }
}

/** What takes back restores exactly what the log says was replaced. */
function checkUndo({ server, inverts }: World): void {
  const byId = new Map(server.log.map((event) => [event.op_id, event]));
  for (const [inverse, source] of inverts) {
    const [back, forth] = [byId.get(inverse), byId.get(source)];
    if (!back) continue;
    expect(forth, "an undo is never in the log without what it takes back").toBeDefined();
    expect(back.seq).toBeGreaterThan(forth?.seq ?? 0);
    if (!/_(added|removed)$/.test(back.type) || back.type.endsWith("_added")) expect(back.new).toEqual(forth?.old);
  }
}

describe("clients on a bad network", () => {
  it.each([2, 3, 4])("all come to the fold of the log, and nothing is lost: %i clients", async (count) => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 70 }), async (orders) => {
        const world = new World();
        await world.open(count);
        for (const order of orders) await world.run(order);
        await world.heal();
        checkEnd(world);
        checkNothingLost(world);
        checkUndo(world);
      }),
      { seed: SEED + count, numRuns: 60 },
    );
  });
});
