/** Parts of a document, for components: each renders only when its own part changes. */
import { useMemo, useSyncExternalStore } from "react";
import { partView, type DocumentStore, type OpenDocument, type Saving } from "../doc";

export function usePartOf<State, Value>(store: DocumentStore<State>, key: string): Value | undefined {
  const view = useMemo(() => partView<State, Value>(store, key), [store, key]);
  return useSyncExternalStore(view.subscribe, view.snapshot);
}

export function useSavingOf<State>({ sync }: OpenDocument<State>): Saving {
  return useSyncExternalStore(sync.subscribe, sync.saving);
}

/** Labels of what undo and redo would do; null when there is nothing. */
export function useHistoryOf<State>({ history }: OpenDocument<State>): { readonly undoable: string | null; readonly redoable: string | null } {
  const undoable = useSyncExternalStore(history.subscribe, () => history.undoable);
  const redoable = useSyncExternalStore(history.subscribe, () => history.redoable);
  return { undoable, redoable };
}
