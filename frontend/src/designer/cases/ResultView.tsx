/** How a test did: what failed, expected beside actual, each with the way to its step. */
import { useSetAtom } from "jotai";
import type { Json } from "../../doc/json";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { Pill } from "../../ui/Pill";
import { useGoToNode } from "../help/show-node";
import { took } from "../runs/words";
import { dialogAtom } from "../state/panels";
import { useSteps } from "./steps";
import type { CaseResult, Failure, LastResult, ResultStatus } from "./types";

export function ResultPill({ status }: { readonly status: ResultStatus | "running" | null }) {
  if (status === null) return <Pill status="pending" label={_("Not run yet")} />;
  if (status === "running") return <Pill status="running" />;
  if (status === "passed") return <Pill status="success" label={_("Passed")} />;
  return <Pill status="error" label={status === "failed" ? _("Failed") : _("Broke off")} />;
}

export function ResultView({ result, last }: { readonly result: CaseResult | undefined; readonly last: LastResult | null }) {
  const steps = useSteps();
  if (!result) return last ? <Former last={last} /> : <EmptyState small level={3} title={_("Not run yet")} text={_("Run the test to see whether the workflow does what it should.")} />;
  return (
    <div className="case-result">
      <p className="case-verdict" role="status">
        <ResultPill status={result.status} /> <span className="muted">{took(result.duration_ms)}</span>
      </p>
      {result.error && (
        <div className="alert err">
          <p>
            {result.error.node && <strong>{steps.nameOf(result.error.node)}: </strong>}
            {result.error.message}
          </p>
          {result.error.node && <ShowStep node={result.error.node} />}
        </div>
      )}
      {result.failures.length > 0 && (
        <ol className="case-failures">
          {result.failures.map((failure, at) => (
            <FailureRow key={at} failure={failure} />
          ))}
        </ol>
      )}
      {result.status === "passed" && <p>{_("Every check holds.")}</p>}
      {result.unmocked.length > 0 && (
        <div className="alert warn">
          <p>{_n("This step has an effect and nothing stood in for it; it answered its pinned data or an example:", "These steps have an effect and nothing stood in for them; they answered their pinned data or an example:", result.unmocked.length)} {result.unmocked.map(steps.nameOf).join(", ")}</p>
        </div>
      )}
    </div>
  );
}

/** Of an earlier time only the outcome is kept. */
function Former({ last }: { readonly last: LastResult }) {
  return (
    <div className="case-result">
      <p className="case-verdict">
        <ResultPill status={last.status} /> <span className="muted">{took(last.duration_ms)}</span>
      </p>
      {last.message && <p>{last.message}</p>}
      <p className="muted">{_("Run the test again to see everything about it.")}</p>
    </div>
  );
}

function FailureRow({ failure }: { readonly failure: Failure }) {
  const steps = useSteps();
  const hasValues = failure.assertion !== null && ("expected" in failure || "actual" in failure);
  return (
    <li>
      <div className="case-failure-head">
        <p>
          {failure.assertion !== null && <span className="chip">{_("Check {n}", { n: failure.assertion + 1 })}</span>} {failure.node && <strong>{steps.nameOf(failure.node)}: </strong>}
          {failure.message}
        </p>
        {failure.node && <ShowStep node={failure.node} />}
      </div>
      {hasValues && (
        <div className="case-beside">
          <Value title={_("Expected")} look="expected" value={failure.expected} />
          <Value title={_("Actual")} look="actual" value={failure.actual} />
        </div>
      )}
    </li>
  );
}

function Value({ title, look, value }: { readonly title: string; readonly look: string; readonly value: Json | undefined }) {
  return (
    <section className={`case-value ${look}`} aria-label={title}>
      <h3>{title}</h3>
      <pre className="code" tabIndex={0}>
        {value === undefined ? _("nothing") : JSON.stringify(value, null, 2)}
      </pre>
    </section>
  );
}

export function ShowStep({ node }: { readonly node: string }) {
  const close = useSetAtom(dialogAtom);
  const go = useGoToNode();
  return (
    <Button size="small" onClick={() => (close(null), go(node))}>
      {_("Show the step")}
    </Button>
  );
}
