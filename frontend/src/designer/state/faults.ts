/** What the server found wrong with the draft, by node: shown as a badge on the card and at the parameter. */
import { atom, useAtomValue } from "jotai";
import { selectAtom } from "jotai/utils";
import { useMemo } from "react";

export interface Fault {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly node_id: string | null;
  readonly path: string;
}

/** A warning keeps nothing from running. */
export const isSerious = (fault: Fault): boolean => fault.severity !== "warning";

export const faultsAtom = atom<readonly Fault[]>([]);
const byNodeAtom = atom((get) => {
  const found = new Map<string, Fault[]>();
  for (const fault of get(faultsAtom)) {
    if (fault.node_id === null) continue;
    const list = found.get(fault.node_id) ?? [];
    list.push(fault);
    found.set(fault.node_id, list);
  }
  return found;
});
const NONE: readonly Fault[] = [];

export function useNodeFaults(id: string): readonly Fault[] {
  return useAtomValue(useMemo(() => selectAtom(byNodeAtom, (found): readonly Fault[] => found.get(id) ?? NONE), [id]));
}
