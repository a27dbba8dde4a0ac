import { _ } from "../../lib/i18n";

const LONGEST = 300;

/** A value in a few words; what is not there is called so. */
export function shortValue(value: unknown): string {
  if (value === null || value === undefined) return _("nothing");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
