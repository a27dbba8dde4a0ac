/**
 * The document as one person sees it: what the server has confirmed, and on top of it what waits to be confirmed.
 *
 * Writes come by `commit`, the log by `receive`; `Synchronizer` carries both between here and the server.
 */
import { applyAll, foresee } from "./apply";
import { continues, newGroup, type CommitOptions } from "./commit";
import { newUuid } from "./ids";
import type { Json } from "./json";
import { Listeners, PartListeners, type Listener } from "./listeners";
import type { DocumentEvent, Draft, Operation, Snapshot } from "./operations";
import { idsOf, replay, settled, without, type Group, type Lost, type Replay } from "./pending";
import { acknowledge, conflict, overtakenBy, type Reading } from "./reading";
import { alreadySo, type Refusal } from "./refusal";
import type { Resource } from "./resource";

/** Told in the order of the log; `History` is one. */
export interface Observer {
  acknowledged?(event: DocumentEvent): void;
  foreign?(event: DocumentEvent): void;
  dropped?(ids: ReadonlySet<string>): void;
  reset?(): void;
}

export class DocumentStore<State> {
  #confirmed: Snapshot<State>;
  #view: Replay<State>;
  #lost: readonly Lost[] = [];
  #n = 0;
  readonly #listeners = new Listeners();
  readonly #parts = new PartListeners();
  readonly #observers = new Set<Observer>();

  constructor(
    readonly resource: Resource<State>,
    snapshot: Snapshot<State>,
    readonly newId: () => string = newUuid,
  ) {
    this.#confirmed = snapshot;
    this.#view = { state: snapshot.state, groups: [], olds: new Map() };
  }

  get confirmed(): Snapshot<State> {
    return this.#confirmed;
  }

  get pending(): readonly Group[] {
    return this.#view.groups;
  }

  /** What could not be saved, until it is dismissed. */
  get lost(): readonly Lost[] {
    return this.#lost;
  }

  /** What a pending operation replaces; undefined when it does not fit at present. */
  get olds(): ReadonlyMap<string, Json> {
    return this.#view.olds;
  }

  state = (): State => this.#view.state;

  part = (key: string): unknown => this.resource.part(this.#view.state, key);

  /** Told of every change, also of what is pending or lost. */
  subscribe = (listener: Listener): (() => void) => this.#listeners.add(listener);

  subscribePart = (key: string, listener: Listener): (() => void) => this.#parts.add(key, listener);

  observe(observer: Observer): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Do something: seen at once, sent later. A `Refusal` is thrown when it does not fit; null when there is nothing. */
  commit(drafts: readonly Draft[], options: CommitOptions = {}): Group | null {
    if (drafts.length === 0) return null;
    for (const draft of drafts) this.resource.check(draft);
    applyAll(this.resource, this.#view.state, drafts);
    const { groups } = this.#view;
    const last = groups.at(-1);
    const merged = continues(last, drafts, options);
    const place = merged ? { id: last.id, n: last.n } : { id: this.newId(), n: (this.#n += 1) };
    const group = newGroup(drafts, options, place, this.newId);
    if (merged) this.#show([...groups.slice(0, -1), group]);
    else this.#extend(group);
    return group;
  }

  /**
   * The next events of the log, in order; what is known already is passed over. False when some are missing before
   * them; throws when an event cannot be applied: then this is not the server's document any more, and it is loaded anew.
   */
  receive(events: readonly DocumentEvent[]): boolean {
    const reading = { ...this.#confirmed, groups: this.pending, gap: false, told: [] as (() => void)[] };
    const own = idsOf(this.pending);
    for (const event of events) {
      reading.gap = event.seq > reading.seq + 1;
      if (reading.gap) break;
      this.#read(reading, event, own.has(event.op_id));
    }
    const { seq, epoch, state, groups, gap, told } = reading;
    if (seq !== this.#confirmed.seq || groups !== this.pending) {
      this.#confirmed = { seq, epoch, state };
      for (const tell of told) tell();
      this.#show(groups);
    }
    return !gap;
  }

  /** The server has these, though it did not repeat their events. */
  settle(ids: ReadonlySet<string>): void {
    if (this.pending.some(({ operations }) => operations.some(({ op_id }) => ids.has(op_id)))) {
      this.#show(settled(this.pending, ids));
    }
  }

  /** The server has said no to an operation. What it takes with it is reported with its values. */
  refuse(id: string, refusal: Refusal): void {
    const group = this.pending.find(({ operations }) => operations.some(({ op_id }) => op_id === id));
    const operation = group?.operations.find(({ op_id }) => op_id === id);
    if (!group || !operation) return;
    const reached = alreadySo(operation.type, refusal.code);
    const gone = group.whole && !reached ? group.operations : [operation];
    const ids = new Set(gone.map(({ op_id }) => op_id));
    this.#drop([{ ...group, operations: gone }], ids, reached ? null : refusal, id);
    this.#show(without(this.pending, ids));
  }

  markSent(operations: readonly Operation[]): void {
    const ids = new Set(operations.map(({ op_id }) => op_id));
    const touched = (group: Group): boolean => !group.sent && group.operations.some(({ op_id }) => ids.has(op_id));
    const groups = this.pending.map((group) => (touched(group) ? { ...group, sent: true } : group));
    this.#publish({ ...this.#view, groups });
  }

  setEpoch(epoch: Snapshot<State>["epoch"]): void {
    if (epoch !== this.#confirmed.epoch) this.#confirmed = { ...this.#confirmed, epoch };
  }

  /** The document loaded anew. What is pending stays: the server says what still fits. */
  reset(snapshot: Snapshot<State>): void {
    this.#confirmed = snapshot;
    for (const observer of this.#observers) observer.reset?.();
    this.#show(this.pending);
  }

  /** Put in front what an earlier session could not send, and what it could not save. */
  adopt(groups: readonly Group[], lost: readonly Lost[] = []): void {
    const known = idsOf(this.pending);
    const fresh = settled([...groups].sort((left, right) => left.n - right.n), known);
    this.#lost = [...lost.filter(({ id }) => !this.#lost.some((entry) => entry.id === id)), ...this.#lost];
    const all = [...fresh, ...this.pending];
    this.#show(all.map((group, at) => ({ ...group, n: at + 1 })));
    this.#n = Math.max(this.#n, all.length);
  }

  dismiss(id: string): void {
    this.#lost = this.#lost.filter((entry) => entry.id !== id);
    this.#listeners.tell();
  }

  /** One event that is next, or known already. */
  #read(reading: Reading<State>, event: DocumentEvent, own: boolean): void {
    const isNext = event.seq === reading.seq + 1;
    if (isNext) {
      reading.state = this.resource.apply(reading.state, event);
      reading.seq = event.seq;
    }
    if (own) {
      reading.groups = acknowledge(reading.groups, event);
      reading.told.push(() => this.#tell("acknowledged", event));
    } else if (isNext) {
      const overtaken = overtakenBy(reading.groups, event);
      const gone = idsOf(overtaken);
      if (overtaken.length > 0) reading.groups = without(reading.groups, gone);
      reading.told.push(() => {
        this.#tell("foreign", event);
        if (overtaken.length > 0) this.#drop(overtaken, gone, conflict(event));
      });
    }
  }

  #drop(groups: readonly Group[], ids: ReadonlySet<string>, refusal: Refusal | null, refused?: string): void {
    if (refusal) this.#report(groups, refusal, refused);
    for (const observer of this.#observers) observer.dropped?.(ids);
  }

  #report(groups: readonly Group[], { code, message, path, current, faults }: Refusal, refused?: string): void {
    const cause = refused === undefined ? {} : { refused, faults };
    const reports = groups.map(({ label, operations }) => {
      return { id: this.newId(), n: (this.#n += 1), label, code, message, path, current, operations, ...cause };
    });
    this.#lost = [...this.#lost, ...reports];
  }

  #tell(what: "acknowledged" | "foreign", event: DocumentEvent): void {
    for (const observer of this.#observers) observer[what]?.(event);
  }

  /** One more group on top: what is below stays as it is. */
  #extend(group: Group): void {
    const olds = new Map(this.#view.olds);
    const state = foresee(this.resource, this.#view.state, group.operations, group.whole, (operation, old) => {
      olds.set(operation.op_id, old);
    });
    this.#publish({ state, groups: [...this.#view.groups, group], olds });
  }

  #show(groups: readonly Group[]): void {
    const next = replay(this.resource, this.#confirmed.state, groups);
    this.#publish({ ...next, state: this.resource.share(this.#view.state, next.state) });
  }

  #publish(next: Replay<State>): void {
    const before = this.#view.state;
    const { state } = next;
    this.#view = next;
    if (state !== before) {
      this.#parts.tell((key) => this.resource.part(before, key) !== this.resource.part(state, key));
    }
    this.#listeners.tell();
  }
}
