/** The types of columns, as people call them. */
import { _ } from "../../lib/i18n";

export const TYPES = ["string", "number", "boolean", "date", "datetime", "time", "duration", "list", "any"] as const;
export type ColumnType = (typeof TYPES)[number];

export function typeName(type: string): string {
  switch (type) {
    case "string": return _("text");
    case "number": return _("number");
    case "boolean": return _("yes or no");
    case "date": return _("date");
    case "datetime": return _("date and time");
    case "time": return _("time");
    case "duration": return _("duration");
    case "list": return _("list");
    default: return _("any value");
  }
}
