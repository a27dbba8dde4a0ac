/** The place of one value in a node's parameters: what is there, and how it is written. Pure. */
import { isList, isObject, member, withMember, type Json, type JsonObject } from "../../../doc/json";

/** Null takes the value away, which gives its default. */
export type Write = (keys: readonly string[], value: Json) => void;

export interface Slot {
  /** Below `parameters`; the positions in lists are decimal text. */
  readonly keys: readonly string[];
  /** As it is stored; undefined where nothing is. */
  readonly value: Json | undefined;
  readonly set: (value: Json) => void;
  /** How members are written by themselves; null where the whole around them is written, as in lists. */
  readonly write: Write | null;
}

/** A parameter of the node itself. */
export function topSlot(parameters: JsonObject, name: string, write: Write): Slot {
  return { keys: [name], value: member(parameters, name), set: (value) => write([name], value), write };
}

/** A member of an object. By itself where that is stored already, so that two people may change two members at once. */
export function memberSlot(slot: Slot, name: string, otherwise: Json = null): Slot {
  const keys = [...slot.keys, name];
  const { write } = slot;
  const whole = isObject(slot.value) ? slot.value : isObject(otherwise) ? otherwise : {};
  const value = member(whole, name);
  if (write && isObject(slot.value)) return { keys, value, set: (next) => write(keys, next), write };
  return { keys, value, set: (next) => slot.set(withMember(whole, name, next ?? undefined)), write: null };
}

/** An entry of a list; lists are always written whole. */
export function entrySlot(slot: Slot, at: number, otherwise: Json = null): Slot {
  const list = listIn(slot.value, otherwise);
  return { keys: [...slot.keys, String(at)], value: list[at], set: (next) => slot.set(list.with(at, next)), write: null };
}

/** The entries of a slot; those of the default where nothing is stored. */
export function listIn(value: Json | undefined, otherwise: Json = null): readonly Json[] {
  if (isList(value)) return value;
  return value === undefined && isList(otherwise) ? otherwise : [];
}
