/** One tab of one person, over a network that the test holds in its hands. */
import { memoryClaims, type Claims } from "../claims";
import type { Group } from "../pending";
import { MemoryStorage, type QueueStorage } from "../persist";
import { openDocument, type OpenDocument } from "../open";
import { workflowResource } from "../workflow/resource";
import { workflowState, type WorkflowState } from "../workflow/state";
import { ManualTimers, Network, settle, type Fate } from "./network";
import type { ServerModel } from "./server";

export interface Shared {
  readonly server: ServerModel;
  readonly storage: QueueStorage;
  readonly claims: Claims;
}

export function shared(server: ServerModel): Shared {
  return { server, storage: new MemoryStorage(), claims: memoryClaims() };
}

export class TestClient {
  #ids = 0;
  network: Network;
  timers = new ManualTimers();
  document!: OpenDocument<WorkflowState>;
  /** Everything that was done by gestures, in groups; without undo and redo. */
  readonly done: Group[] = [];

  private constructor(
    readonly name: string,
    readonly shared: Shared,
  ) {
    this.network = new Network(shared.server);
  }

  static async open(name: string, using: Shared): Promise<TestClient> {
    const client = new TestClient(name, using);
    await client.#open(name);
    return client;
  }

  async #open(clientId: string): Promise<void> {
    this.timers = new ManualTimers();
    this.network = new Network(this.shared.server);
    const { storage, claims } = this.shared;
    const opening = openDocument({
      resource: workflowResource,
      read: workflowState,
      transport: this.network.transport,
      storage,
      claims,
      document: "anna/workflow/1",
      clientId,
      newId: this.newId,
      timers: this.timers,
      pollMilliseconds: 5_000,
    });
    await this.network.answer("ok");
    this.document = await opening;
  }

  newId = (): string => `${this.name}-${(this.#ids += 1)}`;

  get state(): WorkflowState {
    return this.document.store.state();
  }

  /** The page is loaded anew; what was on its way is lost. */
  async reload(): Promise<void> {
    await this.document.persister.settled();
    this.document.close();
    await this.#open(this.document.clientId);
  }

  /** Some time passes, and the oldest call meets its fate. */
  async step(fate: Fate): Promise<void> {
    if (this.network.calls.length === 0) await this.timers.fire();
    await this.network.answer(fate);
    await settle();
  }

  /** Goes on until nothing is pending and the log is read to its end. */
  async heal(): Promise<void> {
    const { store, sync } = this.document;
    sync.wake();
    for (let round = 0; round < 400; round += 1) {
      await this.step("ok");
      const idle = this.network.calls.length === 0;
      if (idle && store.pending.length === 0 && store.confirmed.seq === this.shared.server.seq) return;
    }
    throw new Error(`${this.name} does not come to an end.`);
  }
}
