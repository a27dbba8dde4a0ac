/** That the canvas shows what the tests do not reach. */
import { X } from "lucide-react";
import { useAtom, useSetAtom } from "jotai";
import { _ } from "../../lib/i18n";
import { Button, IconButton } from "../../ui/Button";
import { focusWork } from "../canvas/reveal";
import { coverageAtom } from "../state/coverage";
import { dialogAtom } from "../state/panels";

export function CoverageBar() {
  const [marks, setMarks] = useAtom(coverageAtom);
  const open = useSetAtom(dialogAtom);
  if (!marks) return null;
  const { coveredNodes, allNodes, coveredBranches, allBranches } = marks;
  return (
    <section className="run-bar" aria-label={_("Coverage of the tests")}>
      <div className="run-bar-row">
        <span>{_("The tests reach {covered} of {all} steps and {coveredBranches} of {allBranches} branches.", { covered: coveredNodes, all: allNodes, coveredBranches, allBranches })}</span>
        <Button size="small" onClick={() => open({ kind: "tests" })}>
          {_("Tests")}
        </Button>
        <IconButton size="small" icon={<X size={14} />} label={_("Take the coverage off the canvas")} onClick={() => (setMarks(null), focusWork())} />
      </div>
    </section>
  );
}
