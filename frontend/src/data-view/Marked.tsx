import { splitAt } from "./search";

/** A text with what was searched for marked in it. */
export function Marked({ text, search }: { readonly text: string; readonly search: string }) {
  if (!search) return text;
  return splitAt(text, search).map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part));
}
