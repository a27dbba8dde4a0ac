/** One finding: where it is, an example of it, and what mends it. */
import { CircleAlert, CircleX, Info, Play, Plus } from "lucide-react";
import { useAtom, useSetAtom, useStore } from "jotai";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { toast } from "../../../ui/Toast";
import { goToAtom, panelAtom } from "../../state/atoms";
import type { Finding } from "../../server/types";
import { useDesk } from "../desk";
import { addRule } from "../edits";
import { useRuleNumber } from "../RuleLink";
import { typedInputsAtom } from "../run/atoms";
import { shownValue, withRuleNumbers } from "../values";
import { chosenFindingAtom } from "./atoms";
import { placeOf } from "./marks";

const GLYPHS = { error: CircleX, warning: CircleAlert, info: Info } as const;
const SEVERITY = { error: () => _("Error"), warning: () => _("Warning"), info: () => _("Note") } as const;

export function FindingItem({ finding, at }: { readonly finding: Finding; readonly at: number }) {
  const desk = useDesk();
  const atoms = useStore();
  const goTo = useSetAtom(goToAtom);
  const [chosen, choose] = useAtom(chosenFindingAtom);
  const numberOf = useRuleNumber();
  const Glyph = GLYPHS[finding.severity];
  const place = placeOf(finding);
  const { example, proposed_rule: proposed } = finding;
  const show = (): void => {
    choose(at);
    if (place) goTo(place);
  };
  const add = (): void => {
    if (!proposed) return;
    const id = addRule(desk, proposed);
    if (id === null) return;
    goTo({ rule: id });
    toast(_("The rule was added: fill in what it answers."));
  };
  const tryIt = (): void => {
    atoms.set(typedInputsAtom, { kind: "given", inputs: example ?? {} });
    atoms.set(panelAtom, "run");
  };
  return (
    <li className="finding" data-severity={finding.severity}>
      <button type="button" className="finding-button" aria-pressed={chosen === at} onClick={show}>
        <Glyph size={14} aria-hidden="true" />
        <span className="visually-hidden">{SEVERITY[finding.severity]()}: </span>
        <span>{withRuleNumbers(finding.message, finding.rules, numberOf)}</span>
      </button>
      {example && (
        <dl className="value-chips" aria-label={_("Example")}>
          {Object.entries(example).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{shownValue(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {(example ?? proposed) && (
        <div className="finding-actions">
          {proposed && desk.rights.write && (
            <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onClick={add}>
              {_("Add the proposed rule")}
            </Button>
          )}
          {example && desk.rights.run && (
            <Button size="small" variant="ghost" icon={<Play size={14} aria-hidden="true" />} onClick={tryIt}>
              {_("Try this input")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
