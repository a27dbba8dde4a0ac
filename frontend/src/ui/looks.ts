import { Archive, Ban, CircleAlert, CircleCheck, CircleX, Clock, FlaskConical, Info, Layers, Loader, Pause, Pencil, Rocket, SkipForward, type LucideIcon } from "lucide-react";
import { _ } from "../lib/i18n";

export interface Look {
  /** ok, warn, err, run or nothing. */
  css: string;
  icon: LucideIcon;
  label: () => string;
}

/** How each status looks; the same table as `apps/core/templatetags/statuses.py`, and a test holds them together. */
const LOOKS: Readonly<Record<string, Look>> = {
  active: { css: "ok", icon: CircleCheck, label: () => _("Active") },
  success: { css: "ok", icon: CircleCheck, label: () => _("Success") },
  partial_success: { css: "warn", icon: CircleAlert, label: () => _("Partial success") },
  error: { css: "err", icon: CircleX, label: () => _("Error") },
  running: { css: "run running", icon: Loader, label: () => _("Running") },
  queued: { css: "run", icon: Clock, label: () => _("Queued") },
  waiting: { css: "warn", icon: Clock, label: () => _("Waiting") },
  paused: { css: "warn", icon: Pause, label: () => _("Paused") },
  canceled: { css: "", icon: Ban, label: () => _("Canceled") },
  skipped: { css: "", icon: SkipForward, label: () => _("Skipped") },
  draft: { css: "", icon: Pencil, label: () => _("Draft") },
  archived: { css: "", icon: Archive, label: () => _("Archived") },
  warning: { css: "warn", icon: CircleAlert, label: () => _("Warning") },
  critical: { css: "err", icon: CircleX, label: () => _("Critical") },
  info: { css: "", icon: Info, label: () => _("Info") },
  debug: { css: "", icon: Info, label: () => _("Debug") },
  testing: { css: "warn", icon: FlaskConical, label: () => _("Testing") },
  launched: { css: "run", icon: Rocket, label: () => _("Launched") },
  pending: { css: "", icon: Clock, label: () => _("Pending") },
  staging: { css: "run", icon: Layers, label: () => _("Staging") },
  production: { css: "ok", icon: Rocket, label: () => _("Production") },
  approved: { css: "ok", icon: CircleCheck, label: () => _("Approved") },
  rejected: { css: "err", icon: CircleX, label: () => _("Rejected") },
  expired: { css: "warn", icon: Clock, label: () => _("Expired") },
  revoked: { css: "", icon: Ban, label: () => _("Revoked") },
};

/** Every status with a look of its own. */
export const STATUSES: readonly string[] = Object.keys(LOOKS);

/** The look of a status; a plain one with the word itself for a status that nobody described. */
export function lookOf(status: string): Look {
  const known = Object.hasOwn(LOOKS, status) ? LOOKS[status] : undefined;
  if (known) return known;
  const words = status.replaceAll("_", " ");
  return { css: "", icon: Info, label: () => words.charAt(0).toUpperCase() + words.slice(1) };
}
