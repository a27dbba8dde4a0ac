/** JSON values as the documents hold them: never changed in place, so identity tells what is new. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** An own member; never one of the prototype, whatever the name is. */
export function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The object with a member set, or without it when the value is undefined; the same object when nothing changes. */
export function withMember<T extends object>(object: T, name: string, value: Json | undefined): T {
  const present = Object.hasOwn(object, name);
  if (value !== undefined) {
    if (present && (object as JsonObject)[name] === value) return object;
    // A computed name in a literal makes an own member, also of "__proto__".
    return { ...object, [name]: value };
  }
  if (!present) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)) as T;
}

/** Whether two values say the same; the order of members does not count. */
export function same(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (isList(left)) {
    return isList(right) && left.length === right.length && left.every((value, at) => same(value, right[at]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && same(left[name], right[name]));
}

/** What tells entries of a list apart, wherever they stand in it. */
function keyOf(value: Json, at: number): Json {
  if (!isObject(value)) return at;
  const id = member(value, "id");
  return typeof id === "string" ? `#${id}` : at;
}

function shareList(before: readonly Json[], after: readonly Json[]): readonly Json[] {
  const known = new Map(before.map((value, at) => [keyOf(value, at), value]));
  const shared = after.map((value, at) => share(known.get(keyOf(value, at)), value));
  const unchanged = shared.length === before.length && shared.every((value, at) => value === before[at]);
  return unchanged ? before : shared;
}

/** `after` with every part that says the same as in `before` taken from `before`, so that its identity stays. */
export function share<T extends Json>(before: Json | undefined, after: T): T {
  if (before === after) return after;
  if (isList(before) && isList(after)) return shareList(before, after) as unknown as T;
  if (!isObject(before) || !isObject(after)) return after;
  const entries = Object.entries(after).map(([name, value]) => [name, share(member(before, name), value)] as const);
  const unchanged =
    entries.length === Object.keys(before).length && entries.every(([name, value]) => member(before, name) === value);
  return (unchanged ? before : Object.fromEntries(entries)) as T;
}

const UTF8 = new TextEncoder();

/** The bytes of a value as JSON. */
export function sizeOf(value: unknown): number {
  return UTF8.encode(JSON.stringify(value) ?? "").length;
}
