/** A rule by its number; pressing it shows the rule in the grid. */
import { useSetAtom } from "jotai";
import { placeOfRule } from "../../doc";
import { _ } from "../../lib/i18n";
import { goToAtom } from "../state/atoms";
import { useTable } from "./desk";
import { withRuleNumbers } from "./values";

/** The number of a rule as the grid shows it; null for one that is gone. */
export function useRuleNumber(): (id: string) => number | null {
  const table = useTable();
  return (id) => {
    const at = placeOfRule(table, id);
    return at < 0 ? null : at + 1;
  };
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

const NONE: readonly string[] = [];

/** A sentence of the server with numbers in the place of ids: those given, and those that rules made here have. */
export function useNumbered(ids: readonly string[] = NONE): (text: string) => string {
  const numberOf = useRuleNumber();
  return (text) => withRuleNumbers(text, [...ids, ...(text.match(UUID) ?? [])], numberOf);
}

/** “Rule 3”, or the id of one that is gone. */
export function useRuleName(): (id: string) => string {
  const numberOf = useRuleNumber();
  return (id) => {
    const n = numberOf(id);
    return n === null ? _("Rule {id} (gone)", { id }) : _("Rule {n}", { n });
  };
}

export function RuleLink({ id, column }: { readonly id: string; readonly column?: string }) {
  const goTo = useSetAtom(goToAtom);
  const name = useRuleName()(id);
  return (
    <button type="button" className="rule-link" title={id} onClick={() => goTo({ rule: id, ...(column === undefined ? {} : { column }) })}>
      {name}
    </button>
  );
}
