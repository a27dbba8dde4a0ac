/** The sign of a mark: what it is can be told without its colour. */
import { CircleAlert, CircleCheck, CircleMinus, CirclePlus, CircleX, Info, PencilLine, TriangleAlert, type LucideIcon } from "lucide-react";
import { _ } from "../../lib/i18n";
import type { Mark, MarkTone } from "../state/marks";

const GLYPHS: Readonly<Record<MarkTone, LucideIcon>> = {
  error: CircleAlert,
  warning: TriangleAlert,
  info: Info,
  match: CircleCheck,
  miss: CircleX,
  added: CirclePlus,
  removed: CircleMinus,
  changed: PencilLine,
};

export function MarkGlyph({ tone }: { readonly tone: MarkTone }) {
  const Glyph = GLYPHS[tone];
  return <Glyph className={`grid-glyph tone-${tone}`} size={12} aria-hidden="true" />;
}

export function markText({ tone, message }: Mark): string {
  return message ?? toneName(tone);
}

function toneName(tone: MarkTone): string {
  switch (tone) {
    case "error":
      return _("error");
    case "warning":
      return _("warning");
    case "info":
      return _("note");
    case "match":
      return _("matches");
    case "miss":
      return _("does not match");
    case "added":
      return _("added");
    case "removed":
      return _("removed");
    case "changed":
      return _("changed");
  }
}
