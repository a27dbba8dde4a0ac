/** The dialogs of the workflow's life; each is made when it is opened. */
import { useAtom } from "jotai";
import { dialogAtom } from "../state/panels";
import { LostDialog } from "./LostDialog";
import { PublishDialog } from "./PublishDialog";
import { SettingsDialog } from "./SettingsDialog";
import { VersionsDialog } from "./VersionsDialog";

export function LifeDialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const close = (): void => setDialog(null);
  return (
    <>
      {dialog?.kind === "publish" && <PublishDialog close={close} />}
      {dialog?.kind === "versions" && <VersionsDialog close={close} />}
      {dialog?.kind === "settings" && <SettingsDialog close={close} />}
      {dialog?.kind === "lost" && <LostDialog close={close} />}
    </>
  );
}
