/** A fault that somebody wants to see: the inspector opens its tab and goes to its field, then puts null here. */
import { atom } from "jotai";

export interface FaultTarget {
  readonly node: string;
  /** Within the parameters: `rules[0].value`; empty for the node as a whole. */
  readonly path: string;
}

export const faultTargetAtom = atom<FaultTarget | null>(null);
