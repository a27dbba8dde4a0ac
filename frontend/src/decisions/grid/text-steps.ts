/** Undo of texts that no cell took: they are no part of the document, but the person's last step all the same. */
import { atom } from "jotai";
import type { CommandContext } from "../commands/command";
import { faultyAtom, putFaultyAtom, type FaultyChange } from "./editing";

interface TextStep {
  /** The step of the document's history that was the last one then. */
  readonly over: string | null;
  /** Whether that step is of the same gesture: then both are taken back at once. */
  readonly joined: boolean;
  readonly label: string;
  readonly now: readonly FaultyChange[];
  readonly before: readonly FaultyChange[];
}

type Atoms = CommandContext["atoms"];
type Model = Pick<CommandContext["model"], "document">;

const STEPS = 50;
const stepsAtom = atom<readonly TextStep[]>([]);

/** Shows these texts with their faults (null: none), as a part of the gesture just `joined`, or as a step by itself. */
export function showTexts(atoms: Atoms, { document }: Model, changes: readonly FaultyChange[], how: { readonly label: string; readonly joined: boolean }): void {
  const all = atoms.get(faultyAtom);
  const before = changes.map(({ rule, key }): FaultyChange => ({ rule, key, faulty: all.get(rule)?.get(key) ?? null }));
  atoms.set(putFaultyAtom, changes);
  const now = changes.filter(({ faulty }) => faulty !== null);
  if (now.length === 0) return;
  atoms.set(stepsAtom, [...atoms.get(stepsAtom).slice(1 - STEPS), { ...how, over: document.history.top, now, before }]);
}

function isShown(atoms: Atoms, { now }: TextStep): boolean {
  const all = atoms.get(faultyAtom);
  return now.some(({ rule, key, faulty }) => all.get(rule)?.get(key)?.text === faulty?.text);
}

/** The step that undo takes back next; undefined: it is one of the document alone. */
function next(atoms: Atoms, { document }: Model): TextStep | undefined {
  return atoms.get(stepsAtom).findLast((step) => step.over === document.history.top && isShown(atoms, step));
}

export function hasTextStep({ atoms, model }: CommandContext): boolean {
  return next(atoms, model) !== undefined;
}

/** Takes the texts of the last step back. Its label where nothing else is to be taken back; null: the document's step is. */
export function undoTexts({ atoms, model }: CommandContext): string | null {
  const step = next(atoms, model);
  if (!step) return null;
  const steps = atoms.get(stepsAtom);
  atoms.set(stepsAtom, steps.slice(0, steps.lastIndexOf(step)));
  atoms.set(putFaultyAtom, step.before);
  return step.joined ? null : step.label;
}
