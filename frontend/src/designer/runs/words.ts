/** How numbers and moments of runs are written. */
import { _, language, number } from "../../lib/i18n";
import { relativeTime } from "../../shell/relative-time";

export function took(milliseconds: number | null): string {
  if (milliseconds === null) return "";
  if (milliseconds < 1) return _("< 1 ms");
  if (milliseconds < 1000) return _("{n} ms", { n: Math.round(milliseconds) });
  if (milliseconds < 60_000) return _("{n} s", { n: Math.round(milliseconds / 100) / 10 });
  return _("{minutes} min {seconds} s", { minutes: Math.floor(milliseconds / 60_000), seconds: Math.round((milliseconds % 60_000) / 1000) });
}

export function ago(moment: string): string {
  return relativeTime(new Date(moment), new Date(), language());
}

export function day(moment: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(moment));
}

export function clock(moment: string): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: "medium" }).format(new Date(moment));
}

export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const MODES: Readonly<Record<string, () => string>> = {
  manual: () => _("By hand"),
  webhook: () => _("Webhook"),
  schedule: () => _("Schedule"),
  event: () => _("Event"),
  form: () => _("Form"),
  telegram_message: () => _("Telegram message"),
  telegram_callback: () => _("Telegram callback"),
  email: () => _("E-mail"),
  poll: () => _("Poll"),
  chat: () => _("Chat"),
  workflow: () => _("Workflow"),
  error: () => _("Error"),
  retry: () => _("Retry"),
  test: () => _("Test"),
};

export function modeName(mode: string): string {
  return MODES[mode]?.() ?? mode;
}

export { number };
