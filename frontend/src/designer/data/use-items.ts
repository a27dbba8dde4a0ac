import { useDeferredValue, useMemo } from "react";
import { hasText } from "../../data-view/search";
import type { JsonObject } from "../../doc/json";
import type { DataItem } from "./types";

export interface FoundItems {
  readonly json: readonly JsonObject[];
  /** Where each stands among all items. */
  readonly positions: readonly number[];
  /** What was searched for; it lags behind the typing where the data are large. */
  readonly search: string;
}

/** The data of the items that have a text in them. */
export function useFoundItems(items: readonly DataItem[], typed: string): FoundItems {
  const search = useDeferredValue(typed.trim());
  return useMemo(() => {
    const positions: number[] = [];
    for (const [at, item] of items.entries()) if (!search || hasText(item.json, search)) positions.push(at);
    return { json: positions.map((at) => items[at]?.json ?? {}), positions, search };
  }, [items, search]);
}
