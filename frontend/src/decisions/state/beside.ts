/** Columns that other parts show beside the rules, such as coverage and hits. They are read, never edited. */
import { atom } from "jotai";

export interface BesideValue {
  readonly text: string;
  /** In words, for the tooltip and screen readers. */
  readonly title: string;
  readonly tone?: "muted" | "ok" | "warn" | "err";
  /** A bar behind the text: 0 … 1. */
  readonly share?: number;
}

export interface BesideColumn {
  readonly id: string;
  readonly label: string;
  /** By rule id; a rule without one has an empty cell. */
  readonly values: ReadonlyMap<string, BesideValue>;
}

export const besideAtom = atom<readonly BesideColumn[]>([]);

/** `set(putBesideAtom, "hits", column)`; null takes it away. */
export const putBesideAtom = atom(null, (get, set, id: string, column: BesideColumn | null) => {
  const others = get(besideAtom).filter((each) => each.id !== id);
  set(besideAtom, column ? [...others, column].toSorted((one, other) => one.id.localeCompare(other.id)) : others);
});
