/** Values deep inside of JSON: read and written by a path of keys; list positions are decimal text. */
import { isList, isObject, member, withMember, type Json, type JsonObject } from "./json";
import { Refusal } from "./refusal";
import type { Path } from "./operations";

const POSITION = /^(0|[1-9]\d{0,8})$/;

function place(list: readonly Json[], key: string): number {
  return POSITION.test(key) && Number(key) < list.length ? Number(key) : -1;
}

/** The value at a path, undefined where nothing is. */
export function readAt(value: Json | undefined, path: Path): Json | undefined {
  let reached = value;
  for (const key of path) {
    if (isList(reached)) reached = reached[place(reached, key)];
    else if (isObject(reached)) reached = member(reached, key);
    else return undefined;
  }
  return reached;
}

/** The value with another one at a path; objects missing on the way are made, but not to remove; null removes. */
export function writeAt(value: Json | undefined, path: Path, to: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (isList(value)) {
    const at = place(value, key);
    if (at < 0) throw new Refusal("path_not_found", `The list has no position ${key}.`, path);
    const next = writeAt(value[at], rest, to);
    return next === value[at] ? value : value.with(at, next);
  }
  if (value === undefined || value === null) return to === null ? null : writeMember({}, key, rest, to);
  if (!isObject(value)) {
    throw new Refusal("path_not_found", `There is a plain value where “${key}” should be in an object.`, path);
  }
  return writeMember(value, key, rest, to);
}

function writeMember(object: JsonObject, key: string, rest: Path, to: Json): JsonObject {
  return withMember(object, key, writeAt(member(object, key), rest, to) ?? undefined);
}
