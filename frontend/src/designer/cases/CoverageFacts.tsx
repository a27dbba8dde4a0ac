/** How much of the workflow the tests reach, and what they do not. */
import { Map as MapIcon } from "lucide-react";
import { useSetAtom } from "jotai";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Disclosure } from "../../ui/Disclosure";
import { focusWork } from "../canvas/reveal";
import { coverageAtom } from "../state/coverage";
import { dialogAtom } from "../state/panels";
import { marksOf } from "./atoms";
import { branchKey, hasGaps } from "./report";
import { ShowStep } from "./ResultView";
import { useSteps } from "./steps";
import type { Coverage } from "./types";

export function CoverageFacts({ coverage }: { readonly coverage: Coverage }) {
  const show = useSetAtom(coverageAtom);
  const close = useSetAtom(dialogAtom);
  const { nodes, branches } = coverage;
  return (
    <section className="case-coverage" aria-label={_("Coverage")}>
      <p>
        {_("{covered} of {total} steps", { covered: nodes.covered, total: nodes.total })} · {_("{covered} of {total} branches", { covered: branches.covered, total: branches.total })}
      </p>
      <Button size="small" icon={<MapIcon size={14} aria-hidden="true" />} onClick={() => (show(marksOf(coverage)), close(null), focusWork())}>
        {_("Show on the canvas")}
      </Button>
      {hasGaps(coverage) && <Gaps coverage={coverage} />}
    </section>
  );
}

/** The same as the canvas shows, in words. */
function Gaps({ coverage: { nodes, branches } }: { readonly coverage: Coverage }) {
  const steps = useSteps();
  return (
    <Disclosure className="case-gaps" label={_("What no test reaches")} badge={nodes.missing.length + branches.missing.length}>
      <ul>
        {nodes.missing.map((node) => (
          <li key={node}>
            <span>
              <bdi>{steps.nameOf(node)}</bdi>
            </span>
            <ShowStep node={node} />
          </li>
        ))}
        {branches.missing.map((branch) => (
          <li key={branchKey(branch)}>
            <span>{_("{step}, output “{output}”", { step: steps.nameOf(branch.node), output: branch.output.replaceAll("_", " ") })}</span>
            <ShowStep node={branch.node} />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
