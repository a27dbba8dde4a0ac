/** Whether the server can read an expression; each text is asked for once. Without an answer nothing is said against it. */
import { isObject, type Json } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { ask, pathOf } from "../server/http";

export type FeelKind = "unary_tests" | "expression";

interface Checked {
  readonly ok: boolean;
  readonly message?: string;
  readonly position?: number | null;
}

const MOST_KEPT = 500;
const asked = new Map<string, Promise<string | null>>();
const answered = new Map<string, string | null>();

const keyOf = (kind: FeelKind, text: string, names: readonly string[]): string => JSON.stringify([kind, text, names]);

async function answerOf(kind: FeelKind, text: string, names: readonly string[]): Promise<string | null> {
  try {
    const { ok, message } = await ask<Checked>("POST", pathOf("feel", "check"), { body: { text, kind, names } });
    return ok ? null : message || _("This cannot be read.");
  } catch {
    return null;
  }
}

/** What is wrong with it; null: nothing that is known. */
export function feelFault(kind: FeelKind, text: string, names: readonly string[]): Promise<string | null> {
  const key = keyOf(kind, text, names);
  const known = asked.get(key);
  if (known) return known;
  const answer = answerOf(kind, text, names).then((fault) => (answered.set(key, fault), fault));
  asked.set(key, answer);
  const [oldest] = asked.keys();
  if (asked.size > MOST_KEPT && oldest !== undefined) {
    asked.delete(oldest);
    answered.delete(oldest);
  }
  return answer;
}

/** The same without asking: null where the answer is not known yet. */
export function knownFault(kind: FeelKind, text: string, names: readonly string[]): string | null {
  return answered.get(keyOf(kind, text, names)) ?? null;
}

/** The expressions of a cell. */
export function feelTexts(cell: Json): string[] {
  const parts = Array.isArray(cell) ? (cell as readonly Json[]) : [cell];
  return parts.flatMap((part) => (isObject(part) && typeof part["feel"] === "string" ? [part["feel"]] : []));
}
