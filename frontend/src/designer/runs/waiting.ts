/** What a step waits for, in words. */
import { _ } from "../../lib/i18n";
import type { Wait } from "../state/overlay";
import { day } from "./words";

const FOR: Readonly<Record<string, () => string>> = {
  webhook: () => _("waits for a call"),
  form: () => _("waits for a form"),
  approval: () => _("waits for an approval"),
  workflow: () => _("waits for another workflow"),
};

export function waitWords({ kind, until }: Wait): string {
  const what = FOR[kind]?.();
  if (what) return until ? _("{what}, until {when}", { what, when: day(until) }) : what;
  return until ? _("waits until {when}", { when: day(until) }) : _("waiting");
}
