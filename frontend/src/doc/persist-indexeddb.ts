/** The queues in IndexedDB: one record a group, so that a long queue is not written anew with each change. */
import type { QueueKey, QueueRecord, QueueStorage } from "./persist";

const DATABASE = "exprsn-documents";
const RECORDS = "records";

type Kept = QueueRecord & QueueKey;

function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser's storage cannot be read."));
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (): void => reject(transaction.error ?? new Error("The browser's storage cannot be written."));
    transaction.oncomplete = () => resolve();
    transaction.onerror = failed;
    transaction.onabort = failed;
  });
}

class IndexedDbStorage implements QueueStorage {
  constructor(readonly database: IDBDatabase) {}

  async read({ document, client }: QueueKey): Promise<QueueRecord[]> {
    const records = this.database.transaction(RECORDS).objectStore(RECORDS);
    // A list sorts behind every text: all keys that begin with these two.
    const range = IDBKeyRange.bound([document, client], [document, client, []]);
    const kept: Kept[] = await answer(records.getAll(range));
    return kept.map(({ id, kind, value }) => ({ id, kind, value }) as QueueRecord);
  }

  async write(key: QueueKey, put: readonly QueueRecord[], drop: readonly string[]): Promise<void> {
    const transaction = this.database.transaction(RECORDS, "readwrite");
    const records = transaction.objectStore(RECORDS);
    const finished = done(transaction);
    for (const record of put) records.put({ ...key, ...record });
    for (const id of drop) records.delete([key.document, key.client, id]);
    await finished;
  }

  async clients(document: string): Promise<string[]> {
    const records = this.database.transaction(RECORDS).objectStore(RECORDS);
    const keys = await answer(records.getAllKeys(IDBKeyRange.bound([document], [document, []])));
    return [...new Set(keys.map((key) => String((key as string[])[1])))];
  }
}

/** Rejects where the browser has no such storage, as in some private windows. */
export async function openIndexedDb(factory: IDBFactory = indexedDB, name = DATABASE): Promise<QueueStorage> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(RECORDS, { keyPath: ["document", "client", "id"] });
  };
  const database = await answer(request);
  // A newer version of this page in another tab must not wait for this one.
  database.onversionchange = () => database.close();
  return new IndexedDbStorage(database);
}
