/** What the server tells of a node's run, as data panels take it. Pure. */
import { isList, isObject, type Json, type JsonObject } from "../../../doc/json";
import type { DataItem } from "../../data/types";

/** The items of a port: data are kept by port, each a list of items. */
export function itemsAt(data: unknown, port: string): readonly DataItem[] {
  const found: unknown = isObject(data) ? (Object.hasOwn(data, port) ? data[port] : undefined) : port === "main" ? data : undefined;
  return isList(found) ? found.map(itemOf) : [];
}

/** Ports that have something, besides those that are declared. */
export function portNames(declared: readonly string[], data: readonly unknown[]): readonly string[] {
  const seen = data.flatMap((each) => (isObject(each) ? Object.keys(each) : []));
  return [...new Set([...declared, ...seen])];
}

export function itemOf(entry: Json): DataItem {
  if (!isObject(entry)) return { json: { value: entry } };
  const { json, binary, error } = entry;
  if (!isObject(json)) return { json: entry };
  return { json, ...(isObject(binary) ? { binary } : {}), ...(error === undefined || error === null ? {} : { error }) };
}

/** As a node's `pinned_data` holds them. */
export function pinnedOf(items: readonly DataItem[]): readonly JsonObject[] {
  return items.map(({ json, binary }) => ({ json, ...(binary && Object.keys(binary).length > 0 ? { binary } : {}) }));
}
