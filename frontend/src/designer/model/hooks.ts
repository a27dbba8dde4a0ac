/** Parts of the document, for components: each renders only when its own part changes. */
import { useMemo, useSyncExternalStore } from "react";
import { partView, sameList, selectView, type ConnectionState, type JsonObject, type NodeState, type Saving, type WorkflowState } from "../../doc";
import { useDesigner } from "./designer";

function usePart<Value>(key: string): Value | undefined {
  const { store } = useDesigner().document;
  const view = useMemo(() => partView<WorkflowState, Value>(store, key), [store, key]);
  return useSyncExternalStore(view.subscribe, view.snapshot);
}

/** One node; undefined when it is gone. */
export function useNode(id: string): NodeState | undefined {
  return usePart<NodeState>(`node:${id}`);
}

export function useNodes(): readonly NodeState[] {
  return usePart<readonly NodeState[]>("nodes") ?? [];
}

export function useConnections(): readonly ConnectionState[] {
  return usePart<readonly ConnectionState[]>("connections") ?? [];
}

export function useSettings(): JsonObject {
  return usePart<JsonObject>("settings") ?? {};
}

/** The connections that begin or end at a node. */
export function useConnectionsOf(id: string): readonly ConnectionState[] {
  const { store } = useDesigner().document;
  const view = useMemo(() => {
    const select = (state: WorkflowState) => state.connections.filter((each) => each.source === id || each.target === id);
    return selectView<WorkflowState, readonly ConnectionState[]>(store, select, sameList);
  }, [store, id]);
  return useSyncExternalStore(view.subscribe, view.snapshot);
}

export function useSaving(): Saving {
  const { sync } = useDesigner().document;
  return useSyncExternalStore(sync.subscribe, sync.saving);
}

/** Labels of what undo and redo would do; null when there is nothing. */
export function useHistory(): { readonly undoable: string | null; readonly redoable: string | null } {
  const { history } = useDesigner().document;
  const undoable = useSyncExternalStore(history.subscribe, () => history.undoable);
  const redoable = useSyncExternalStore(history.subscribe, () => history.redoable);
  return { undoable, redoable };
}
