/** How runs go, and what happens when one fails. */
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { NumberInput } from "../../ui/NumberInput";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import { WorkflowPicker } from "../inspector/fields/WorkflowPicker";
import { membersOf, useSettingFields, type SettingFields } from "./use-setting-fields";

const DAY_MS = 86_400_000;

const MODES: Readonly<Record<string, () => string>> = {
  "": () => _("One branch after the other, in the order of the canvas."),
  parallel: () => _("Branches that do not wait for each other run side by side. The results are the same."),
  smart: () => _("Only calls to the outside run side by side; the rest follows one after the other. The results are the same."),
};

export function RunSettings() {
  const fields = useSettingFields();
  const { text, set, readOnly } = fields;
  return (
    <div className="form">
      <Field label={_("Time zone")} help={_("What times mean in schedules and expressions.")}>
        <Select
          value={text("timezone")}
          onChange={(zone) => set("timezone", zone === "" ? null : zone)}
          disabled={readOnly}
          options={[{ value: "", label: _("The organization's") }, ...Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone }))]}
        />
      </Field>
      {fields.choice("execution_mode", {
        label: _("Order of the steps"),
        help: MODES[text("execution_mode")]?.() ?? MODES[""]?.() ?? "",
        options: [
          { value: "sequential", label: _("One after the other") },
          { value: "smart", label: _("Calls to the outside at the same time") },
          { value: "parallel", label: _("Branches at the same time") },
        ],
      })}
      {fields.choice("priority", {
        label: _("Priority"),
        help: _("Which runs begin first when many wait. None waits for ever."),
        options: [
          { value: "normal", label: _("Normal") },
          { value: "critical", label: _("Critical") },
          { value: "high", label: _("High") },
          { value: "low", label: _("Low") },
        ],
      })}
      {fields.number("timeout_seconds", { label: _("Stop a run after (seconds)"), help: _("Empty: no limit of its own."), min: 1 })}
      <Field label={_("When a run fails, start")} optional>
        <WorkflowPicker label={_("When a run fails, start")} value={text("error_workflow")} onChange={(id) => set("error_workflow", id === "" ? null : id)} readOnly={readOnly} />
      </Field>
      <WholeRetry fields={fields} />
      {fields.toggle("require_tests", _("Publish only when its tests pass"), true)}
    </div>
  );
}

/** A run that failed begins anew by itself; the error workflow hears of the last try only. */
function WholeRetry({ fields }: { readonly fields: SettingFields }) {
  const [retry, put] = membersOf(fields, "retry");
  const number = (name: string, label: string, usual: number, most: number) => (
    <Field label={label}>
      <NumberInput value={typeof retry[name] === "number" ? retry[name] : null} placeholder={String(usual)} min={0} max={most} onChange={(value) => put(name, value)} readOnly={fields.readOnly} />
    </Field>
  );
  return (
    <div className="settings-group">
      <Switch label={_("Run again from the start when a run fails")} checked={retry["enabled"] === true} onChange={(on) => put("enabled", on || null)} disabled={fields.readOnly} />
      {retry["enabled"] === true && (
        <div className="settings-inner settings-group">
          {number("max_retries", _("Runs after the first"), 3, 20)}
          {number("delay_ms", _("Wait before each, in milliseconds"), 1_000, DAY_MS)}
          <p className="help">{_("Steps with an effect are done again. Runs by hand are not repeated.")}</p>
        </div>
      )}
    </div>
  );
}
