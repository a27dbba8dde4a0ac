/** The dialogs of the workflow's life; each is made when it is opened. */
import { useAtom } from "jotai";
import { dialogAtom } from "../state/panels";
import { nameOf, nodeOf, type Lost, type WorkflowState } from "../../doc";
import { LostDialog } from "../../document/LostDialog";
import { useDesigner } from "../model/designer";
import { PublishDialog } from "./PublishDialog";
import { SettingsDialog } from "./SettingsDialog";
import { VersionsDialog } from "./VersionsDialog";

export function LifeDialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const { document } = useDesigner();
  const close = (): void => setDialog(null);
  return (
    <>
      {dialog?.kind === "publish" && <PublishDialog close={close} />}
      {dialog?.kind === "versions" && <VersionsDialog close={close} />}
      {dialog?.kind === "settings" && <SettingsDialog close={close} />}
      {dialog?.kind === "lost" && <LostDialog document={document} placeOf={placeOf} close={close} />}
    </>
  );
}

function placeOf({ path }: Lost, state: WorkflowState): string {
  const [part, id = "", ...rest] = path;
  const node = part === "nodes" ? nodeOf(state, id) : undefined;
  return [node ? nameOf(node) : id, ...rest.filter((key) => key !== "parameters")].join(" › ");
}
