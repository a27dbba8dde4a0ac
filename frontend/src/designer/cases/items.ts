/** Items of a test as they are edited: their data alone, unless they have files too. Pure. */
import { isList, isObject, type Json } from "../../doc/json";
import { _ } from "../../lib/i18n";
import type { DataItem } from "../data/types";
import { itemOf } from "../inspector/data/items";

export function jsonOfItems(items: readonly DataItem[]): Json {
  return items.every(({ binary }) => !binary) ? items.map(({ json }) => json) : items.map(({ json, binary }) => ({ json, ...(binary ? { binary } : {}) }));
}

export function itemsOfJson(value: Json): readonly DataItem[] {
  return isList(value) ? value.map(itemOf) : [];
}

/** Empty when the value is a list of objects. */
export function itemsProblem(value: Json): string {
  if (!isList(value)) return _("A list of items is wanted: […].");
  const wrong = value.findIndex((entry) => !isObject(entry));
  return wrong < 0 ? "" : _("Item {n} is no object.", { n: wrong + 1 });
}
