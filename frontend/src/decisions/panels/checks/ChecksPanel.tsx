/** Whether the rules are complete and free of contradiction, and what is wrong where they are not. */
import { CircleCheck, CircleDashed, CircleX, RefreshCw } from "lucide-react";
import { useAtomValue, useSetAtom } from "jotai";
import { _ } from "../../../lib/i18n";
import { IconButton } from "../../../ui/Button";
import { Disclosure } from "../../../ui/Disclosure";
import { Progress } from "../../../ui/Progress";
import type { Verification } from "../../server/types";
import { checkAgainAtom, checkedAtom } from "./atoms";
import { FindingItem } from "./FindingItem";
import { checkText, grouped, kindHeading, verdict } from "./words";
import "../panels.css";

/** Of one kind; the rest is counted. */
const MOST = 50;

export function ChecksPanel() {
  const { verification, isStale, problem } = useAtomValue(checkedAtom);
  const again = useSetAtom(checkAgainAtom);
  return (
    <div className="table-panel">
      <div className="table-panel-head">
        <p className="checks-verdict" role="status" data-tone={verification?.status}>
          {verification ? verdict(verification) : _("Checking…")}
        </p>
        <IconButton size="small" icon={<RefreshCw size={14} />} label={_("Check again")} onClick={() => again((count) => count + 1)} />
      </div>
      <div className="checks-progress">{isStale && problem === null && <Progress label={_("Checking…")} value={null} />}</div>
      {problem !== null && (
        <p className="alert err" role="alert">
          {problem}
        </p>
      )}
      {verification && <Findings verification={verification} />}
      {verification && <Proofs verification={verification} />}
    </div>
  );
}

function Findings({ verification: { findings } }: { readonly verification: Verification }) {
  return grouped(findings).map(({ kind, findings: own }) => (
    <section key={kind} className="table-panel-part" aria-label={kindHeading(kind)}>
      <h3>
        {kindHeading(kind)} <span className="chip">{own.length}</span>
      </h3>
      <ul className="finding-list">
        {own.slice(0, MOST).map((finding) => (
          <FindingItem key={findings.indexOf(finding)} finding={finding} at={findings.indexOf(finding)} />
        ))}
      </ul>
      {own.length > MOST && <p className="muted">{_("And {n} more.", { n: own.length - MOST })}</p>}
    </section>
  ));
}

const GLYPHS = {
  proved: <CircleCheck size={14} aria-hidden="true" />,
  found: <CircleX size={14} aria-hidden="true" />,
  undecided: <CircleDashed size={14} aria-hidden="true" />,
} as const;

/** What was looked at: proved, found or undecided, said in words. */
function Proofs({ verification: { checks, elapsed_ms } }: { readonly verification: Verification }) {
  return (
    <Disclosure label={_("What was checked")} badge={_("{n} ms", { n: Math.round(elapsed_ms) })} defaultOpen>
      <ul className="check-list">
        {checks.map(({ check, status, reason }) => (
          <li key={check} data-status={status}>
            {GLYPHS[status]}
            <span>
              {checkText(check, status)}
              {status === "undecided" && reason && <span className="sub">{reason}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
