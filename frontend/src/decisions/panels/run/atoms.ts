/** What is typed into the form of a run, and what came of the last one. */
import { atom } from "jotai";
import type { TableState } from "../../../doc";
import type { Evaluation, Values, VersionName } from "../../server/types";

export type TypedInputs =
  | { readonly kind: "form"; readonly texts: Readonly<Record<string, string>> }
  | { readonly kind: "json"; readonly text: string }
  /** Inputs that another part hands over; the form takes them over. */
  | { readonly kind: "given"; readonly inputs: Values };

export const typedInputsAtom = atom<TypedInputs>({ kind: "form", texts: {} });
export const runVersionAtom = atom<VersionName>("draft");
export const runManyAtom = atom(false);

export interface LastRun {
  readonly inputs: Values;
  readonly version: VersionName;
  readonly evaluation: Evaluation;
  /** The document that it was run on; another one now: the answer may have changed. */
  readonly of: TableState;
}

export const lastRunAtom = atom<LastRun | null>(null);
