/** Parts of the document, for components: each renders only when its own part changes. */
import { useMemo, useSyncExternalStore } from "react";
import { sameList, selectView, type ConnectionState, type JsonObject, type NodeState, type Saving, type WorkflowState } from "../../doc";
import { usePartOf, useSavingOf } from "../../document/hooks";
import { useDesigner } from "./designer";

function usePart<Value>(key: string): Value | undefined {
  return usePartOf<WorkflowState, Value>(useDesigner().document.store, key);
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
  return useSavingOf(useDesigner().document);
}
