/** Carries pending operations to the server and its log back: one call at a time, as long as it takes. */
import { nextBatch } from "./batches";
import type { Json } from "./json";
import { Listeners, type Listener } from "./listeners";
import type { DocumentEvent, Operation } from "./operations";
import { Refusal } from "./refusal";
import { sameSaving, savingOf, type Saving } from "./saving";
import type { DocumentStore } from "./store";
import { LONGEST, pauseAfter, systemTimers, type Timers } from "./timers";
import { Denied, type Answer, type EventPage, type Transport } from "./transport";

export interface SyncOptions<State> {
  readonly clientId: string;
  /** The document of a loaded snapshot. */
  readonly read: (state: Json) => State;
  readonly timers?: Timers;
  /** How often to ask for others' changes while nothing else tells of them; null where something does. */
  readonly pollMilliseconds?: number | null;
}

/** Changes of one moment go together. */
const GATHER = 50;
/** Who has missed more pages of events than this reads the document anew. */
const PAGES = 5;

export class Synchronizer<State> {
  #working = false;
  #stopped = true;
  #behind = false;
  #reload = false;
  #single = false;
  #stale = false;
  #failures = 0;
  #trouble: string | null = null;
  #cancel: () => void = () => {};
  #unsubscribe: () => void = () => {};
  #saving: Saving = { kind: "saved" };
  readonly #timers: Timers;
  readonly #listeners = new Listeners();

  constructor(
    readonly store: DocumentStore<State>,
    readonly transport: Transport,
    readonly options: SyncOptions<State>,
  ) {
    this.#timers = options.timers ?? systemTimers;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#unsubscribe = this.store.subscribe(() => this.#changed());
    this.#changed();
    this.#plan(GATHER);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#unsubscribe();
  }

  /** Try now: the network is back, the page is looked at again, somebody pressed “try again”. */
  wake(): void {
    this.#behind = true;
    this.#plan(0);
  }

  /** Events from elsewhere, such as a websocket: in any order, also twice. */
  receive(events: readonly DocumentEvent[]): void {
    if (this.#take([...events].sort((left, right) => left.seq - right.seq))) return;
    this.#plan(0);
  }

  saving = (): Saving => this.#saving;

  subscribe = (listener: Listener): (() => void) => this.#listeners.add(listener);

  #changed(): void {
    const pending = this.store.pending.reduce((count, group) => count + group.operations.length, 0);
    const saving = savingOf({ pending, lost: this.store.lost, trouble: this.#trouble });
    if (!sameSaving(saving, this.#saving)) {
      this.#saving = saving;
      this.#listeners.tell();
    }
    // While the server is away, its own pause goes on.
    if (pending > 0 && !this.#working && this.#failures === 0) this.#plan(GATHER);
  }

  #plan(milliseconds: number): void {
    if (this.#stopped || this.#working) return;
    this.#cancel();
    this.#cancel = this.#timers.after(milliseconds, () => void this.#work());
  }

  async #work(): Promise<void> {
    if (this.#working || this.#stopped) return;
    this.#working = true;
    let pause = this.options.pollMilliseconds ?? null;
    try {
      while (!this.#stopped && (await this.#step()));
      this.#failures = 0;
      this.#trouble = null;
      // The next look is for what others did.
      this.#behind = pause !== null;
    } catch (error) {
      this.#failures += 1;
      this.#trouble = error instanceof Error ? error.message : String(error);
      pause = error instanceof Denied ? LONGEST : pauseAfter(this.#failures, this.#timers.random());
    } finally {
      this.#working = false;
    }
    this.#changed();
    if (pause === null || (this.#failures === 0 && this.store.pending.length > 0)) return;
    this.#plan(pause);
  }

  /** One call; false when there is nothing to do. */
  async #step(): Promise<boolean> {
    if (this.#reload) await this.#load();
    else if (this.#behind) await this.#catchUp();
    else {
      const batch = nextBatch(this.store.pending, this.#single);
      if (batch.length === 0) return false;
      await this.#submit(batch);
    }
    return true;
  }

  async #submit(ops: readonly Operation[]): Promise<void> {
    this.store.markSent(ops);
    const { seq, epoch } = this.store.confirmed;
    const answer = await this.transport.submit({ base_seq: seq, epoch, client_id: this.options.clientId, ops });
    if (!this.#stopped) this.#answered(ops, answer);
  }

  #answered(ops: readonly Operation[], answer: Answer): void {
    const again = this.#stale;
    this.#stale = answer.kind === "stale";
    if (answer.kind === "stale") {
      this.#reload = true;
      // Loaded anew just now, and stale again: not at once, lest this go round and round.
      if (again) throw new Error("The document was replaced again.");
    } else if (answer.kind === "behind") {
      this.#behind = true;
    } else if (answer.kind === "accepted") {
      this.#single = false;
      this.#take(answer.events);
      this.store.setEpoch(answer.epoch);
      if (this.store.confirmed.seq < answer.seq) this.#behind = true;
      // Without a gap whatever is still pending was in the log before: the server had it, and its answer was lost.
      else if (!this.#reload) this.store.settle(new Set(ops.map(({ op_id }) => op_id)));
    } else {
      const refused = answer.index === null ? undefined : ops[answer.index];
      if (refused) this.store.refuse(refused.op_id, answer.refusal);
      // Not told which: the first group by itself, then the first operation of that.
      else if (this.#single || ops.length === 1) this.store.refuse(ops[0]?.op_id ?? "", answer.refusal);
      this.#single = !refused;
    }
  }

  async #catchUp(): Promise<void> {
    for (let page = 0; page < PAGES; page += 1) {
      const found: EventPage = await this.transport.events(this.store.confirmed.seq);
      if (this.#stopped) return;
      this.#behind = false;
      if (found.epoch !== this.store.confirmed.epoch) break;
      this.#take(found.events);
      if (this.#reload || this.store.confirmed.seq >= found.seq) return;
      if (found.events.length === 0) break;
    }
    this.#reload = true;
  }

  async #load(): Promise<void> {
    const { seq, epoch, state } = await this.transport.load();
    if (this.#stopped) return;
    this.#reload = false;
    // What was told meanwhile may be newer than this answer.
    this.#behind = true;
    this.store.reset({ seq, epoch, state: this.options.read(state) });
  }

  /** False when there is something to fetch first. */
  #take(events: readonly DocumentEvent[]): boolean {
    try {
      if (this.store.receive(events)) return true;
      this.#behind = true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#reload = true;
    }
    return false;
  }
}
