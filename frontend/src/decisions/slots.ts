/** Where other parts of the table designer hang in. Each is loaded when it is wanted. */
import { ChartColumn, GitFork, History, ListChecks, Play, ShieldCheck, type LucideIcon } from "lucide-react";
import type { Atom } from "jotai";
import type { ComponentType } from "react";
import { _ } from "../lib/i18n";
import { checksBadgeAtom, testsBadgeAtom } from "./panels/badges";
import { PUBLISH } from "./panels/ids";
import type { Rights } from "./state/props";

export interface PanelSlot {
  readonly id: string;
  readonly label: () => string;
  readonly icon: LucideIcon;
  readonly load: () => Promise<ComponentType>;
  /** False: this person does not see it. */
  readonly shown?: (rights: Rights) => boolean;
  /** A count on its button, such as of findings. */
  readonly badge?: Atom<PanelBadge | null>;
}

export interface PanelBadge {
  readonly text: string;
  /** In words, for the tooltip and screen readers. */
  readonly title: string;
  readonly tone: "warn" | "err";
}

/** Something without a place of its own: at the end of the top bar, or at work unseen. */
export interface PartSlot {
  readonly id: string;
  readonly load: () => Promise<ComponentType>;
}

/** Right-hand panels, in the order of their tabs. */
export const panelSlots: readonly PanelSlot[] = [
  { id: "run", label: () => _("Run"), icon: Play, load: () => import("./panels/run/RunPanel").then(({ RunPanel }) => RunPanel), shown: ({ run }) => run },
  { id: "checks", label: () => _("Checks"), icon: ShieldCheck, load: () => import("./panels/checks/ChecksPanel").then(({ ChecksPanel }) => ChecksPanel), badge: checksBadgeAtom },
  { id: "tests", label: () => _("Tests"), icon: ListChecks, load: () => import("./panels/tests/TestsPanel").then(({ TestsPanel }) => TestsPanel), badge: testsBadgeAtom },
  { id: "versions", label: () => _("Versions"), icon: History, load: () => import("./panels/versions/VersionsPanel").then(({ VersionsPanel }) => VersionsPanel) },
  { id: "stats", label: () => _("Statistics"), icon: ChartColumn, load: () => import("./panels/stats/StatsPanel").then(({ StatsPanel }) => StatsPanel) },
  { id: "requires", label: () => _("Requires"), icon: GitFork, load: () => import("./panels/requires/RequiresPanel").then(({ RequiresPanel }) => RequiresPanel) },
];
/** Buttons at the end of the top bar, such as “Publish”. */
export const barSlots: readonly PartSlot[] = [{ id: "publish", load: () => import("./panels/versions/PublishButton").then(({ PublishButton }) => PublishButton) }];
/** Work that goes on unseen while the designer is open, such as checks after each edit. */
export const workSlots: readonly PartSlot[] = [
  { id: "checks", load: () => import("./panels/checks/ChecksWork").then(({ ChecksWork }) => ChecksWork) },
  { id: "tests", load: () => import("./panels/tests/TestsWork").then(({ TestsWork }) => TestsWork) },
  { id: "stats", load: () => import("./panels/stats/StatsWork").then(({ StatsWork }) => StatsWork) },
];
/** Dialogs, opened by `{ kind: "slot", id }` in `dialogAtom`; they close by putting null there. */
export const dialogSlots: readonly PartSlot[] = [{ id: PUBLISH, load: () => import("./panels/versions/PublishDialog").then(({ PublishDialog }) => PublishDialog) }];
