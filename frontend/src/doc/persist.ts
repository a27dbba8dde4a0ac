/** Keeps what is pending or lost where a reload finds it. */
import type { Group, Lost } from "./pending";
import type { DocumentStore } from "./store";

/** Whose queue: a document as one person has it open in one tab. */
export interface QueueKey {
  readonly document: string;
  readonly client: string;
}

export type QueueRecord =
  | { readonly id: string; readonly kind: "group"; readonly value: Group }
  | { readonly id: string; readonly kind: "lost"; readonly value: Lost };

export interface QueueStorage {
  read(key: QueueKey): Promise<QueueRecord[]>;
  /** All of it or nothing. */
  write(key: QueueKey, put: readonly QueueRecord[], drop: readonly string[]): Promise<void>;
  /** The clients that have left something of this document. */
  clients(document: string): Promise<string[]>;
}

export class MemoryStorage implements QueueStorage {
  readonly #queues = new Map<string, Map<string, QueueRecord>>();

  async read({ document, client }: QueueKey): Promise<QueueRecord[]> {
    return structuredClone([...(this.#queues.get(JSON.stringify([document, client]))?.values() ?? [])]);
  }

  async write({ document, client }: QueueKey, put: readonly QueueRecord[], drop: readonly string[]): Promise<void> {
    const name = JSON.stringify([document, client]);
    const queue = this.#queues.get(name) ?? new Map<string, QueueRecord>();
    for (const record of put) queue.set(record.id, structuredClone(record));
    for (const id of drop) queue.delete(id);
    if (queue.size > 0) this.#queues.set(name, queue);
    else this.#queues.delete(name);
  }

  async clients(document: string): Promise<string[]> {
    const keys = [...this.#queues.keys()].map((name) => JSON.parse(name) as [string, string]);
    return keys.filter(([of]) => of === document).map(([, client]) => client);
  }
}

function recordsOf<State>(store: DocumentStore<State>): QueueRecord[] {
  return [
    ...store.pending.map((value) => ({ id: value.id, kind: "group", value }) as const),
    ...store.lost.map((value) => ({ id: value.id, kind: "lost", value }) as const),
  ];
}

/** Writes after each change only what is new; one write at a time. */
export class Persister<State> {
  #kept = new Map<string, QueueRecord["value"]>();
  #seen: readonly unknown[] = [];
  #writing: Promise<void> | null = null;
  #dirty = false;
  readonly #stop: () => void;

  constructor(
    readonly store: DocumentStore<State>,
    readonly storage: QueueStorage,
    readonly key: QueueKey,
    readonly onError: (error: unknown) => void = () => {},
  ) {
    this.#stop = store.subscribe(() => this.save());
  }

  /** What was kept before, as the start of what is kept now. */
  async restore(): Promise<void> {
    const records = await this.storage.read(this.key);
    this.#kept = new Map(records.map(({ id, value }) => [id, value]));
    adopt(this.store, records);
    this.save();
  }

  save(): void {
    const { pending, lost } = this.store;
    if (this.#seen[0] === pending && this.#seen[1] === lost) return;
    this.#seen = [pending, lost];
    this.#dirty = true;
    this.#writing ??= this.#write();
  }

  /** Resolves when everything so far is kept. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  /** Whether all of these that still matter are in the storage. */
  keeps(ids: readonly string[]): boolean {
    const asked = new Set(ids);
    return recordsOf(this.store).every(({ id }) => !asked.has(id) || this.#kept.has(id));
  }

  close(): void {
    this.#stop();
  }

  async #write(): Promise<void> {
    // Changes of the same moment are one write.
    await Promise.resolve();
    try {
      while (this.#dirty) {
        this.#dirty = false;
        await this.#writeOnce();
      }
    } catch (error) {
      this.onError(error);
    } finally {
      this.#writing = null;
    }
  }

  async #writeOnce(): Promise<void> {
    const records = recordsOf(this.store);
    const next = new Map(records.map(({ id, value }) => [id, value]));
    const put = records.filter(({ id, value }) => this.#kept.get(id) !== value);
    const drop = [...this.#kept.keys()].filter((id) => !next.has(id));
    if (put.length + drop.length > 0) await this.storage.write(this.key, put, drop);
    this.#kept = next;
  }
}

export function adopt<State>(store: DocumentStore<State>, records: readonly QueueRecord[]): void {
  const groups = records.flatMap((record) => (record.kind === "group" ? [record.value] : []));
  const lost = records.flatMap((record) => (record.kind === "lost" ? [record.value] : []));
  if (groups.length + lost.length > 0) store.adopt(groups, lost);
}
