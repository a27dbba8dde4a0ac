/** Counts on the buttons of panels: what is wrong is seen while they are closed. */
import { atom } from "jotai";
import { _n } from "../../lib/i18n";
import type { PanelBadge } from "../slots";
import { checkedAtom } from "./checks/atoms";
import { testedAtom } from "./tests/atoms";

const MOST = 99;

function shown(count: number): string {
  return count > MOST ? `${MOST}+` : String(count);
}

export const checksBadgeAtom = atom((get): PanelBadge | null => {
  const serious = (get(checkedAtom).verification?.findings ?? []).filter(({ severity }) => severity !== "info");
  const tone = serious.some(({ severity }) => severity === "error") ? "err" : "warn";
  return serious.length === 0 ? null : { text: shown(serious.length), title: _n("{n} finding", "{n} findings", serious.length), tone };
});

export const testsBadgeAtom = atom((get): PanelBadge | null => {
  const failed = get(testedAtom)?.report.totals.failed ?? 0;
  return failed === 0 ? null : { text: shown(failed), title: _n("{n} test fails", "{n} tests fail", failed), tone: "err" };
});
