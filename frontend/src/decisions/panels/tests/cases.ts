/** Tests of a table: where they are kept, and what is made of a run. */
import { _ } from "../../../lib/i18n";
import type { CaseContent, Values } from "../../server/types";
import type { LastRun } from "../run/atoms";
import { shownValue } from "../values";

export const caseKey = (table: string) => ["decision-cases", table] as const;

const MOST_WORDS = 3;
const MAX_NAME = 200;

/** The run as a test: what it answered is what is expected from now on. */
export function recorded({ inputs, evaluation: { matched, outputs } }: Pick<LastRun, "inputs" | "evaluation">): CaseContent {
  return { name: nameFor(inputs), inputs, expected: { matched, outputs } };
}

/** `quantity 150, customer_tier premium`. */
function nameFor(inputs: Values): string {
  const words = Object.entries(inputs).map(([name, value]) => `${name} ${shownValue(value)}`);
  const said = words.slice(0, MOST_WORDS).join(", ") + (words.length > MOST_WORDS ? " …" : "");
  return said.slice(0, MAX_NAME) || _("Without inputs");
}
