import { useEffect, useState } from "react";
import { language } from "../lib/i18n";

/** One entry of a Combobox or a MultiSelect. */
export interface Option {
  value: string;
  label: string;
  /** A second line. */
  note?: string | undefined;
  disabled?: boolean | undefined;
}

/** A list, or a search that answers with one; the search is given up when the next begins. */
export type OptionSource = readonly Option[] | ((query: string, signal: AbortSignal) => Promise<readonly Option[]>);

export interface OptionState {
  options: readonly Option[];
  busy: boolean;
  /** What the search said when it failed. */
  error: string;
}

const WAIT_MS = 200;
const NOTHING: readonly Option[] = [];

/** The options that fit what is typed, while the list is open. A former answer stays until the next is there. */
export function useOptions(source: OptionSource, query: string, open: boolean): OptionState {
  const [found, setFound] = useState<OptionState>({ options: NOTHING, busy: false, error: "" });
  const search = typeof source === "function" ? source : null;
  useEffect(() => {
    if (!search || !open) return;
    const giveUp = new AbortController();
    setFound((before) => ({ ...before, busy: true, error: "" }));
    const timer = setTimeout(() => {
      search(query, giveUp.signal).then(
        (options) => !giveUp.signal.aborted && setFound({ options, busy: false, error: "" }),
        (fault: unknown) => !giveUp.signal.aborted && setFound({ options: NOTHING, busy: false, error: messageOf(fault) }),
      );
    }, query ? WAIT_MS : 0);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
    // A new function with every drawing is no new search: what is typed and opened decides.
  }, [query, open, search === null]);
  return typeof source === "function" ? found : { options: fitting(source, query), busy: false, error: "" };
}

/** Options with every word of the query in label, note or value; those that begin with it first. */
export function fitting(options: readonly Option[], query: string): readonly Option[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  const found = options.filter((option) => {
    const text = folded(`${option.label} ${option.note ?? ""} ${option.value}`);
    return words.every((word) => text.includes(word));
  });
  const begins = (option: Option) => (folded(option.label).startsWith(words[0] ?? "") ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other));
}

/** Lower case without accents, so "Muller" finds "Müller". */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLocaleLowerCase(language());
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
