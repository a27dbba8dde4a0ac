/** The start of the top bar: how the table answers, whether the draft is saved. */
import { SettingsPopover } from "./columns/SettingsPopover";
import { DraftState } from "./DraftState";
import { useNumberedDraft } from "./panels/versions/facts";

export function BarStart() {
  useNumberedDraft();
  return (
    <>
      <SettingsPopover />
      <DraftState />
    </>
  );
}
