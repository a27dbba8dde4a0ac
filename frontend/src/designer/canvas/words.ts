import { _, number } from "../../lib/i18n";

/** A time as a card shows it: “412 ms”, “3.2 s”, “4 min”. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 1_000) return _("{n} ms", { n: Math.round(milliseconds) });
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return _("{n} s", { n: number(Math.round(seconds * 10) / 10) });
  return _("{n} min", { n: Math.round(seconds / 60) });
}
