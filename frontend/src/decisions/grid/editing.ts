/** The cell that is being typed in, and texts that are not (yet) what their cells hold. */
import { atom, useAtomValue } from "jotai";
import { selectAtom } from "jotai/utils";
import { useMemo } from "react";
import type { Place } from "./selection";

export interface Editing extends Place {
  /** The rule; null: the row where a new one begins. */
  readonly rule: string | null;
  readonly key: string;
  /** What stands in the field at first. */
  readonly text: string;
}

export const editingAtom = atom<Editing | null>(null);

/** A text that its cell could not take: shown in it until it is mended or emptied. */
export interface Faulty {
  readonly text: string;
  readonly fault: string;
}

/** By rule, then by key of the column. */
export type FaultyCells = ReadonlyMap<string, ReadonlyMap<string, Faulty>>;
export const faultyAtom = atom<FaultyCells>(new Map());

export interface FaultyChange {
  readonly rule: string;
  readonly key: string;
  /** Null: the cell is as it should be. */
  readonly faulty: Faulty | null;
}

export const putFaultyAtom = atom(null, (get, set, changes: readonly FaultyChange[]) => {
  const before = get(faultyAtom);
  const next = new Map(before);
  for (const { rule, key, faulty } of changes) {
    if (!faulty && !next.get(rule)?.has(key)) continue;
    const cells = new Map(next.get(rule));
    if (faulty) cells.set(key, faulty);
    else cells.delete(key);
    if (cells.size > 0) next.set(rule, cells);
    else next.delete(rule);
  }
  set(faultyAtom, next);
});

export function useFaultyCells(rule: string): ReadonlyMap<string, Faulty> | undefined {
  return useAtomValue(useMemo(() => selectAtom(faultyAtom, (all) => all.get(rule)), [rule]));
}
