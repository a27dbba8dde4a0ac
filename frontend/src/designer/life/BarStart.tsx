/** The start of the top bar: where the workflow runs, which version this is, whether it is saved. */
import { Pill } from "../../ui/Pill";
import { useSetAtom } from "jotai";
import { SaveState } from "../../document/SaveState";
import { useDesigner } from "../model/designer";
import { dialogAtom } from "../state/panels";
import { useVersionNumber } from "./version-number";
import { useFacts } from "./facts";
import { WorkflowName } from "./WorkflowName";

export function BarStart() {
  const { status, environment } = useFacts();
  const version = useVersionNumber();
  const { document } = useDesigner();
  const open = useSetAtom(dialogAtom);
  return (
    <>
      <WorkflowName />
      <span className="bar-pills">
        <Pill status={environment} />
        <Pill status={status} />
        {version !== null && <span className="chip">v{version}</span>}
      </span>
      <SaveState document={document} showLost={() => open({ kind: "lost" })} />
    </>
  );
}
