/** What is shown at present: rules that pass the filter, and columns. Commands read it; the grid puts it there. */
import { atom } from "jotai";
import type { RuleState } from "../../doc";
import type { GridColumn } from "./columns";
import { searchText } from "./texts";

export interface GridView {
  readonly rules: readonly RuleState[];
  readonly columns: readonly GridColumn[];
  /** Rows: the rules, and the one where a new rule begins. */
  readonly rows: number;
  readonly filtered: boolean;
}

export const viewAtom = atom<GridView>({ rules: [], columns: [], rows: 0, filtered: false });
/** Set by the grid: brings a cell into sight and gives it the focus. */
export const focusAtom = atom<{ readonly show: (row: number, column: number) => void } | null>(null);

/** Rules that have every word of the filter. */
export function filteredRules(rules: readonly RuleState[], filter: string): readonly RuleState[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rules;
  return rules.filter((rule) => words.every((word) => searchText(rule).includes(word)));
}
