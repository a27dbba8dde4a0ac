/** What must be true after the run of a test. */
import { _ } from "../../lib/i18n";
import { ListEditor } from "../../ui/ListEditor";
import { AssertionRow } from "./AssertionRow";
import { kindName } from "./assertions";
import { useCaseForm } from "./form";
import type { Assertion } from "./types";

const MOST = 100;

interface Props {
  readonly value: readonly Assertion[];
  readonly onChange: (value: readonly Assertion[]) => void;
}

export function CaseChecks({ value, onChange }: Props) {
  const { readOnly, steps } = useCaseForm();
  return (
    <div className="form case-form">
      <ListEditor<Assertion>
        label={_("Checks")}
        items={value}
        onChange={onChange}
        disabled={readOnly}
        add={readOnly ? undefined : () => ({ kind: "status", node: null, expected: "success" })}
        addLabel={_("Add a check")}
        max={MOST}
        nameOf={({ kind, node }, at) => `${at + 1}. ${node ? `${steps.nameOf(node)}: ` : ""}${kindName(kind)}`}
        emptyText={_("Without a check a test passes whatever happens.")}
        row={(assertion, at, update) => <AssertionRow value={assertion} at={at} onChange={update} />}
      />
    </div>
  );
}
