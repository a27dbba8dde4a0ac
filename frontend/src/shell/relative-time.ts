/** "3 minutes ago" for `<time data-relative datetime="…">`; the full moment stays in its title. */
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

export function relativeTime(moment: Date, now: Date, locale = "en"): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (!step) return Math.abs(seconds) < 45 ? format.format(0, "second") : format.format(Math.trunc(seconds), "second");
  return format.format(Math.trunc(seconds / step[1]), step[0]);
}

/** Write every relative time of a part of the page anew. */
export function showRelativeTimes(root: ParentNode = document, now = new Date()): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    element.title ||= moment.toLocaleString();
    element.textContent = relativeTime(moment, now, document.documentElement.lang || "en");
  }
}
