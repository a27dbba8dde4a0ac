/** What the parts of a test's form share. */
import { createContext, useContext } from "react";
import type { Steps } from "./steps";

export interface CaseForm {
  readonly readOnly: boolean;
  readonly steps: Steps;
  /** A field that holds no JSON yet keeps the test from being saved. */
  readonly faulty: (field: string, isFaulty: boolean) => void;
}

export const CaseFormContext = createContext<CaseForm | null>(null);

export function useCaseForm(): CaseForm {
  const form = useContext(CaseFormContext);
  if (!form) throw new Error("This field stands outside of a test's form.");
  return form;
}
