/** The fields of a cron line by their names. Pure. When it is due next, the server says. */
import { _ } from "../../../lib/i18n";

export interface CronPart {
  readonly word: string;
  readonly text: string;
}

/** Null while it has not five or six fields. */
export function cronParts(line: string): readonly CronPart[] | null {
  const parts = line.trim().split(/\s+/);
  if (parts.length < 5 || parts.length > 6) return null;
  const words = [_("second"), _("minute"), _("hour"), _("day"), _("month"), _("weekday")].slice(6 - parts.length);
  return parts.map((text, at) => ({ word: words[at] ?? "", text: text === "*" ? _("every") : text }));
}
