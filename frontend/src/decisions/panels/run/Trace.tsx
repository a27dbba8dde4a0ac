/** Why each rule matched or did not: its conditions with the values that were compared. */
import { Check, X } from "lucide-react";
import { useSetAtom } from "jotai";
import { useState } from "react";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { Disclosure } from "../../../ui/Disclosure";
import { putMarksAtom } from "../../state/marks";
import type { TracedCondition, TracedRule } from "../../server/types";
import { RuleLink } from "../RuleLink";
import { conditionText, shownValue } from "../values";
import { traceMarks } from "./marks";

const STEP = 50;

/** `chosen`: the rules that answer; by the hit policy others may have matched as well. */
export function Trace({ trace, chosen }: { readonly trace: readonly TracedRule[]; readonly chosen: readonly string[] }) {
  const [most, setMost] = useState(STEP);
  const answers = new Set(chosen);
  const rank = ({ rule_id, matched }: TracedRule): number => (answers.has(rule_id) ? 0 : matched ? 1 : 2);
  // Those that answer first, then those that might have: they are what people ask about.
  const rules = trace.toSorted((one, other) => rank(one) - rank(other));
  return (
    <Disclosure label={_("Why")} badge={rules.length} defaultOpen>
      <ol className="trace">
        {rules.slice(0, most).map((rule) => (
          <TraceItem key={rule.rule_id} rule={rule} isChosen={answers.has(rule.rule_id)} />
        ))}
      </ol>
      {rules.length > most && (
        <Button size="small" variant="ghost" onClick={() => setMost(most + STEP)}>
          {_("Show more rules")}
        </Button>
      )}
    </Disclosure>
  );
}

function TraceItem({ rule, isChosen }: { readonly rule: TracedRule; readonly isChosen: boolean }) {
  const mark = useSetAtom(putMarksAtom);
  return (
    <li data-chosen={isChosen} onPointerEnter={() => mark("trace", traceMarks(rule))} onPointerLeave={() => mark("trace", [])} onFocus={() => mark("trace", traceMarks(rule))} onBlur={() => mark("trace", [])}>
      <p className="trace-head">
        {rule.matched ? <Check size={13} aria-hidden="true" /> : <X size={13} aria-hidden="true" />}
        <RuleLink id={rule.rule_id} />
        <span className="muted">{isChosen ? _("answers") : rule.matched ? _("matches too") : _("does not match")}</span>
      </p>
      <ul>
        {rule.conditions.map((condition, at) => (
          <TraceCondition key={at} condition={condition} />
        ))}
      </ul>
    </li>
  );
}

function TraceCondition({ condition }: { readonly condition: TracedCondition }) {
  const { column, held, input } = condition;
  return (
    <li data-held={held === true}>
      {held ? <Check size={12} aria-hidden="true" /> : <X size={12} aria-hidden="true" />}
      <span>
        <span className="trace-column">{column}</span> {conditionText(condition)}
      </span>
      <span className="muted">
        {held ? _("held for {value}", { value: shownValue(input) }) : _("not for {value}", { value: shownValue(input) })}
      </span>
    </li>
  );
}
