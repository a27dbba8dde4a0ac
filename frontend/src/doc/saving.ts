/** What the top bar says about saving. */
import type { Lost } from "./pending";

export type Saving =
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly pending: number }
  | { readonly kind: "offline"; readonly pending: number; readonly reason: string }
  | { readonly kind: "refused"; readonly refused: number; readonly pending: number; readonly lost: readonly Lost[] };

export interface SavingFacts {
  readonly pending: number;
  readonly lost: readonly Lost[];
  /** Why the server does not answer; null when it does. */
  readonly trouble: string | null;
}

export function savingOf({ pending, lost, trouble }: SavingFacts): Saving {
  if (lost.length > 0) return { kind: "refused", refused: lost.length, pending, lost };
  if (trouble !== null) return { kind: "offline", pending, reason: trouble };
  return pending > 0 ? { kind: "saving", pending } : { kind: "saved" };
}

export function sameSaving(left: Saving, right: Saving): boolean {
  const members = (saving: Saving): unknown[] => Object.entries(saving).flat();
  const others = members(right);
  return members(left).length === others.length && members(left).every((value, at) => Object.is(value, others[at]));
}
