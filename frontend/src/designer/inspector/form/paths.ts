/** Places in parameters as the server writes them: `rules[0].value`. Pure. */
import type { Fault } from "../../state/faults";
import { parameterPath } from "../../life/go-to-fault";

export function keysOf(path: string): readonly string[] {
  return path.replaceAll(/\[(\d+)\]/g, ".$1").split(".").filter((key) => key !== "");
}

export function pathOf(keys: readonly string[]): string {
  return keys.reduce((path, key) => (/^\d+$/.test(key) && path ? `${path}[${key}]` : path ? `${path}.${key}` : key), "");
}

/** Whether a place is another one, or lies within it. */
export function isWithin(keys: readonly string[], outer: readonly string[]): boolean {
  return outer.length <= keys.length && outer.every((key, at) => key === keys[at]);
}

export interface PlacedFault {
  /** Empty for what is wrong with the node as a whole. */
  readonly keys: readonly string[];
  readonly message: string;
  readonly isSerious: boolean;
}

export function placed(faults: readonly Fault[]): readonly PlacedFault[] {
  return faults.map(({ path, message, severity }) => ({ keys: keysOf(parameterPath(path)), message, isSerious: severity !== "warning" }));
}

/** What is wrong at a place; `deep` also within it, for fields that show no places of their own. */
export function messagesAt(faults: readonly PlacedFault[], keys: readonly string[], deep: boolean): readonly string[] {
  const here = faults.filter((fault) => isWithin(fault.keys, keys) && (deep || fault.keys.length === keys.length));
  return [...new Set(here.map(({ message }) => message))];
}
