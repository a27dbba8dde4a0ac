/** The start of the top bar: how the table answers, whether the draft is saved. */
import { useSetAtom } from "jotai";
import { SaveState } from "../document/SaveState";
import { SettingsPopover } from "./columns/SettingsPopover";
import { dialogAtom } from "./state/atoms";
import { useTableModel } from "./state/model";

export function BarStart() {
  const { document } = useTableModel();
  const open = useSetAtom(dialogAtom);
  return (
    <>
      <SettingsPopover />
      <SaveState document={document} showLost={() => open({ kind: "lost" })} />
    </>
  );
}
