/** Which run is shown, and what is known of it. View state only: the workflow's document is elsewhere. */
import { atom } from "jotai";
import type { WorkflowState } from "../../doc";
import type { Moment } from "./stepping";
import type { RunState } from "./run-state";
import type { WorkflowWatch } from "./watch";

/** Why a run is on the canvas. */
export interface ShownRun {
  readonly execution: string;
  /** `started`: by this person just now; `past`: opened from the list or an address. */
  readonly origin: "started" | "past";
  readonly dry: boolean;
  /** Of a run that was started here: opened before it began. */
  readonly watch: WorkflowWatch | null;
}

/** Facts of the shown execution beside its steps. */
export interface RunFacts {
  readonly version: number;
  readonly createdAt: string;
  readonly dry: boolean;
  readonly failedNode: string;
  readonly error: { readonly message: string } | null;
  readonly mode: string;
  /** Why it stands still; null while it does not. */
  readonly pause: Pause | null;
  /** It stands still as soon as the present step is done. */
  readonly pauseRequested: boolean;
}

/** A run that stands still until somebody lets it go on. */
export interface Pause {
  /** `doubt`: it is not known whether a step was done. */
  readonly reason: "person" | "doubt";
  readonly since: string;
  readonly node: string | null;
  readonly nodeName: string;
}

/** What is answered to a started run while the document is being saved and the run accepted. */
export const startingAtom = atom(false);
export const shownRunAtom = atom<ShownRun | null>(null);
export const runStateAtom = atom<RunState | null>(null);
export const runFactsAtom = atom<RunFacts | null>(null);
/** Raised by whoever has just changed the run: it is read anew. */
export const lookAgainAtom = atom(0);
/** The moment of the run that is shown; null: its end, or now. */
export const momentAtom = atom<Moment>(null);
/** The definition that ran, where it differs from the draft; null: it does not, or is not known. */
export const ranDefinitionAtom = atom<WorkflowState | null>(null);
/** Data of this run are taken when only a part runs. */
export const sourceRunAtom = atom<string | null>(null);
/** What screen readers are told: once for each run that ends. */
export const announcementAtom = atom("");
