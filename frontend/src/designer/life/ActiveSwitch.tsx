/** Whether the triggers of the published version start runs. */
import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Switch } from "../../ui/Switch";
import { toast } from "../../ui/Toast";
import { useDesigner } from "../model/designer";
import { useFacts } from "./facts";
import { activate, deactivate } from "./lifecycle";

export function ActiveSwitch() {
  const designer = useDesigner();
  const { status, published_version } = useFacts();
  const [busy, setBusy] = useState(false);
  if (published_version === null || !designer.props.rights.publish) return null;
  const change = async (on: boolean): Promise<void> => {
    setBusy(true);
    try {
      await (on ? activate(designer) : deactivate(designer));
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), "error");
    } finally {
      setBusy(false);
    }
  };
  return <Switch label={_("Active")} checked={status === "active"} disabled={busy} onChange={(on) => void change(on)} />;
}
