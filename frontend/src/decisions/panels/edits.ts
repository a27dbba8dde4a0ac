/** What panels change in the table: one gesture each. */
import { newUuid, ruleOf, tableGestures, type Json, type RuleState } from "../../doc";
import { _ } from "../../lib/i18n";
import type { Requirement, Rule } from "../server/types";
import type { Desk } from "./desk";

/** The rule at the end of the table; its id, or null where it was refused. */
export function addRule(desk: Desk, proposed: Rule): string | null {
  const wanted = proposed.id;
  const id = wanted && !ruleOf(desk.state(), wanted) ? wanted : newUuid();
  // Its place decides when it counts.
  const members = Object.entries(proposed).filter(([name]) => name !== "priority");
  const rule = { ...Object.fromEntries(members), id } as unknown as RuleState;
  const done = desk.edit((state) => tableGestures.addRules([rule], state.rules.at(-1)?.id ?? null), _("Add the proposed rule"));
  return done ? id : null;
}

export function setRequirements(desk: Desk, requires: readonly Requirement[], label: string): boolean {
  const value = requires.length > 0 ? (requires as unknown as Json) : null;
  return desk.edit((state) => tableGestures.setSetting(state, "requires", value), label);
}
