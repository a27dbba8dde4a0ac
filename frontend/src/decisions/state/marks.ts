/** Marks on rules and cells: findings of checks, matches of a run, differences of versions. Each owner has its own list. */
import { atom, useAtomValue } from "jotai";
import { selectAtom } from "jotai/utils";
import { useMemo } from "react";
import type { CellPlace } from "./places";

export type MarkKind = "finding" | "match" | "diff";
/** How it looks; never by colour alone: each tone has its glyph. */
export type MarkTone = "error" | "warning" | "info" | "match" | "miss" | "added" | "removed" | "changed";

export interface Mark extends CellPlace {
  readonly kind: MarkKind;
  readonly tone: MarkTone;
  /** A sentence for people: shown when the cell is looked at. */
  readonly message?: string;
}

export type Marks = readonly Mark[];
const NONE: Marks = [];
const byOwnerAtom = atom<ReadonlyMap<string, Marks>>(new Map());

/** `set(putMarksAtom, "checks", marks)`: in the place of what this owner has marked before; an empty list takes them away. */
export const putMarksAtom = atom(null, (get, set, owner: string, marks: Marks) => {
  const next = new Map(get(byOwnerAtom));
  if (marks.length === 0) next.delete(owner);
  else next.set(owner, marks);
  set(byOwnerAtom, next);
});

const byRuleAtom = atom((get) => {
  const found = new Map<string, Mark[]>();
  for (const marks of get(byOwnerAtom).values()) {
    for (const mark of marks) found.set(mark.rule, [...(found.get(mark.rule) ?? []), mark]);
  }
  return found;
});

/** Every mark on a rule and its cells; the same list until one of them changes. */
export function useRuleMarks(rule: string): Marks {
  const own = useMemo(() => selectAtom(byRuleAtom, (found): Marks => found.get(rule) ?? NONE, sameMarks), [rule]);
  return useAtomValue(own);
}

function sameMarks(left: Marks, right: Marks): boolean {
  return left.length === right.length && left.every((mark, at) => mark === right[at]);
}
