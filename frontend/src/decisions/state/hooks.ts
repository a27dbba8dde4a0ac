/** Parts of the table, for components: each renders only when its own part changes. */
import { useAtomValue } from "jotai";
import { useSyncExternalStore } from "react";
import type { ColumnState, Json, RuleState, Saving, Side, TableState } from "../../doc";
import { usePartOf, useSavingOf } from "../../document/hooks";
import { useTableModel } from "./model";
import { shownTableAtom } from "./shown";

function usePart<Value>(key: string): Value | undefined {
  return usePartOf<TableState, Value>(useTableModel().document.store, key);
}

/** The whole draft, with what waits to be saved. */
export function useTableState(): TableState {
  const { store } = useTableModel().document;
  return useSyncExternalStore(store.subscribe, store.state);
}

/** What the grid shows: the draft, or a version of the past. */
export function useShownTable(): TableState {
  const past = useAtomValue(shownTableAtom);
  const draft = useTableState();
  return past ?? draft;
}

/** One rule of the draft; undefined when it is gone. */
export function useRule(id: string): RuleState | undefined {
  return usePart<RuleState>(`rule:${id}`);
}

export function useRules(): readonly RuleState[] {
  return usePart<readonly RuleState[]>("rules") ?? [];
}

export function useColumns(side: Side): readonly ColumnState[] {
  return usePart<readonly ColumnState[]>(side) ?? [];
}

/** `hit_policy`, `aggregation`, `default_outputs`, `metadata`, `requires`. */
export function useSetting(field: string): Json | undefined {
  return usePart<Json>(field);
}

export function useSaving(): Saving {
  return useSavingOf(useTableModel().document);
}
