/** The start of the top bar: where the workflow runs, which version this is, whether it is saved. */
import { Pill } from "../../ui/Pill";
import { useVersionNumber } from "./version-number";
import { useFacts } from "./facts";
import { SaveState } from "./SaveState";
import { WorkflowName } from "./WorkflowName";

export function BarStart() {
  const { status, environment } = useFacts();
  const version = useVersionNumber();
  return (
    <>
      <WorkflowName />
      <span className="bar-pills">
        <Pill status={environment} />
        <Pill status={status} />
        {version !== null && <span className="chip">v{version}</span>}
      </span>
      <SaveState />
    </>
  );
}
