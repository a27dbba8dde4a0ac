/** One test: green or red, in which places it differs, and trying it. */
import { CircleCheck, CircleDashed, CircleX, Pencil, Play } from "lucide-react";
import { useStore } from "jotai";
import { _ } from "../../../lib/i18n";
import { IconButton } from "../../../ui/Button";
import { panelAtom } from "../../state/atoms";
import type { CaseResult, TestCase } from "../../server/types";
import { useDesk } from "../desk";
import { RuleLink } from "../RuleLink";
import { typedInputsAtom } from "../run/atoms";
import { shownValue } from "../values";

interface Props {
  readonly test: TestCase;
  /** Undefined while it has not run. */
  readonly result: CaseResult | undefined;
  readonly edit: (() => void) | undefined;
}

const MOST_RULES = 8;

export function CaseItem({ test, result, edit }: Props) {
  const { rights } = useDesk();
  const atoms = useStore();
  const tryIt = (): void => {
    atoms.set(typedInputsAtom, { kind: "given", inputs: test.inputs });
    atoms.set(panelAtom, "run");
  };
  return (
    <li className="case-item" data-passed={result?.passed}>
      <div className="case-item-head">
        <Verdict passed={result?.passed} />
        <span className="case-item-name">{test.name}</span>
        {rights.run && <IconButton size="small" icon={<Play size={13} />} label={_("Try “{name}”", { name: test.name })} onClick={tryIt} />}
        {edit && <IconButton size="small" icon={<Pencil size={13} />} label={_("Edit “{name}”", { name: test.name })} onClick={edit} />}
      </div>
      {result && result.differences.length > 0 && <Differences result={result} />}
      {result && result.rule_ids.length > 0 && (
        <p className="run-rules">
          {result.rule_ids.slice(0, MOST_RULES).map((id) => (
            <RuleLink key={id} id={id} />
          ))}
        </p>
      )}
    </li>
  );
}

function Verdict({ passed }: { readonly passed: boolean | undefined }) {
  if (passed === undefined) return <CircleDashed size={14} aria-label={_("not run")} />;
  return passed ? <CircleCheck size={14} aria-label={_("passed")} /> : <CircleX size={14} aria-label={_("failed")} />;
}

function Differences({ result }: { readonly result: CaseResult }) {
  return (
    <dl className="case-differences">
      {result.differences.map(({ path, expected, actual }) => (
        <div key={path}>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            <span className="muted">{_("expected")}</span> <ins>{shownValue(expected)}</ins> <span className="muted">{_("but it was")}</span> <del>{shownValue(actual)}</del>
          </dd>
        </div>
      ))}
    </dl>
  );
}
