/** A document of the page: what was typed is kept by this browser, and asked for before it would be lost. */
import { QueryClient } from "@tanstack/react-query";
import { httpTransport, lockClaims, MemoryStorage, openDocument, openIndexedDb, type Collection, type Json, type OpenDocument } from "../doc";
import type { Resource } from "../doc/resource";
import { asksBeforeLoss } from "./leaving";

const POLL_MS = 5_000;
const STALE_MS = 10_000;

export interface PageDocument<State> {
  readonly resource: Resource<State>;
  readonly read: (state: Json) => State;
  readonly collection: Collection;
  readonly id: string;
  readonly person: string;
}

export async function openInPage<State>({ resource, read, collection, id, person }: PageDocument<State>, kind: string): Promise<OpenDocument<State>> {
  const tabKey = `client/${id}`;
  // Without it (a private window) all works but leaving while something waits.
  const kept = await openIndexedDb().catch(() => null);
  const opened = await openDocument({
    resource,
    read,
    transport: httpTransport(collection, id),
    storage: kept ?? new MemoryStorage(),
    claims: "locks" in navigator ? lockClaims(navigator.locks) : null,
    document: `${person}/${kind}/${id}`,
    clientId: sessionStorage.getItem(tabKey),
    pollMilliseconds: POLL_MS,
  });
  sessionStorage.setItem(tabKey, opened.clientId);
  const stopAsking = asksBeforeLoss(opened, kept !== null);
  return { ...opened, close: () => (stopAsking(), opened.close()) };
}

/** Lists and reports that belong to the document. */
export function pageQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: STALE_MS, retry: 1 } } });
}
