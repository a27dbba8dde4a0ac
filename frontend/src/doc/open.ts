/** Opens a document: loads it, takes over what could not be sent before, and keeps both sides in step. */
import type { Claims } from "./claims";
import { History } from "./history";
import { newUuid } from "./ids";
import type { Json } from "./json";
import { adopt, Persister, type QueueStorage } from "./persist";
import type { Resource } from "./resource";
import { DocumentStore } from "./store";
import { Synchronizer, type SyncOptions } from "./sync";
import type { Timers } from "./timers";
import type { Transport } from "./transport";

export interface OpenOptions<State> {
  readonly resource: Resource<State>;
  readonly read: (state: Json) => State;
  readonly transport: Transport;
  readonly storage: QueueStorage;
  /** Without claims nothing of other tabs is taken over. */
  readonly claims: Claims | null;
  /** Person, resource type and id: one person's queue is never sent as another's. */
  readonly document: string;
  /** The client id that this tab had before a reload. */
  readonly clientId?: string | null;
  readonly newId?: () => string;
  readonly timers?: Timers;
  readonly pollMilliseconds?: number | null;
  readonly onStorageError?: (error: unknown) => void;
}

export interface OpenDocument<State> {
  readonly store: DocumentStore<State>;
  readonly history: History<State>;
  readonly sync: Synchronizer<State>;
  readonly persister: Persister<State>;
  /** To be kept by the tab (`sessionStorage`), for the next load. */
  readonly clientId: string;
  close(): void;
}

type Release = () => void;

async function ownClaim(
  claims: Claims | null,
  document: string,
  wanted: string | null,
  newId: () => string,
): Promise<[string, Release]> {
  const name = wanted ?? newId();
  if (!claims) return [name, () => {}];
  const release = await claims(`${document}/${name}`);
  // A tab that was duplicated has the id of its original, which is still open.
  return release ? [name, release] : ownClaim(claims, document, null, newId);
}

/** What closed tabs have left. */
async function adoptOthers<State>(
  options: OpenOptions<State>,
  claims: Claims,
  store: DocumentStore<State>,
  persister: Persister<State>,
): Promise<void> {
  const { storage, document } = options;
  for (const client of await storage.clients(document)) {
    if (client === persister.key.client) continue;
    const release = await claims(`${document}/${client}`);
    if (!release) continue;
    try {
      const records = await storage.read({ document, client });
      adopt(store, records);
      // Kept here before it is deleted there: twice does no harm, the server knows operations by their ids.
      await persister.settled();
      const ids = records.map(({ id }) => id);
      if (persister.keeps(ids)) await storage.write({ document, client }, [], ids);
    } finally {
      release();
    }
  }
}

export async function openDocument<State>(options: OpenOptions<State>): Promise<OpenDocument<State>> {
  const { resource, read, transport, storage, claims, document, timers, pollMilliseconds } = options;
  const newId = options.newId ?? newUuid;
  const loaded = await transport.load();
  const [clientId, release] = await ownClaim(claims, document, options.clientId ?? null, newId);
  const store = new DocumentStore(resource, { ...loaded, state: read(loaded.state) }, newId);
  const failed = options.onStorageError ?? (() => {});
  const persister = new Persister(store, storage, { document, client: clientId }, failed);
  const history = new History(store);
  try {
    await persister.restore();
    if (claims) await adoptOthers(options, claims, store, persister);
  } catch (error) {
    // Without storage everything works but a reload before things are saved.
    failed(error);
  }
  const syncOptions: SyncOptions<State> = {
    clientId,
    read,
    ...(timers && { timers }),
    ...(pollMilliseconds !== undefined && { pollMilliseconds }),
  };
  const sync = new Synchronizer(store, transport, syncOptions);
  sync.start();
  const close = (): void => {
    sync.stop();
    history.close();
    persister.close();
    release();
  };
  return { store, history, sync, persister, clientId, close };
}
