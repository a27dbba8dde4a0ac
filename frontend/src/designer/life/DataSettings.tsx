/** What is written down of runs, and for how long. */
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { useSettingFields } from "./use-setting-fields";

export function DataSettings() {
  const { choice, toggle, number } = useSettingFields();
  return (
    <div className="form">
      {choice("save_progress", {
        label: _("Write down while it runs"),
        help: _("What is written down is not done again when a machine is lost in the middle of a run."),
        options: [
          { value: "side_effects", label: _("Every step with an effect") },
          { value: "every_node", label: _("Every step") },
          { value: "none", label: _("Nothing until it ends") },
        ],
      })}
      <Field label={_("Keep the data of")} group>
        <div className="switches">
          {toggle("save_success", _("runs that succeed"), true)}
          {toggle("save_error", _("runs that fail"), true)}
          {toggle("save_manual", _("runs by hand"), true)}
        </div>
      </Field>
      {number("retention_days", { label: _("Forget runs after (days)"), help: _("Empty: as long as the organization keeps them."), min: 1 })}
    </div>
  );
}
