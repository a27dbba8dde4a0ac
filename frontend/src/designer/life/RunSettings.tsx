/** How runs behave: part of the draft, so each change is kept at once and can be undone. */
import type { ReactNode } from "react";
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { NumberInput } from "../../ui/NumberInput";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import type { Json } from "../../doc";
import { useEdit } from "../model/edit";
import { useSettings } from "../model/hooks";
import { settingChanged } from "./settings";
import { WorkflowPicker } from "./WorkflowPicker";

export function RunSettings() {
  const settings = useSettings();
  const edit = useEdit();
  const set = (name: string, value: Json): void => void edit((state) => settingChanged(state, name, value), { label: _("Settings"), merge: `settings/${name}` });
  const number = (name: string): number | null => (typeof settings[name] === "number" ? settings[name] : null);
  const text = (name: string, otherwise: string): string => (typeof settings[name] === "string" ? settings[name] : otherwise);
  const toggle = (name: string, label: string): ReactNode => (
    <Switch label={label} checked={settings[name] !== false} onChange={(on) => set(name, on ? null : false)} />
  );
  return (
    <div className="form">
      <Field label={_("Time zone")} help={_("What times mean in schedules and expressions. Empty: the organization's.")}>
        <Select
          value={text("timezone", "")}
          onChange={(zone) => set("timezone", zone === "" ? null : zone)}
          options={[{ value: "", label: _("The organization's") }, ...Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone }))]}
        />
      </Field>
      <Field label={_("Stop a run after (seconds)")} optional help={_("Empty: no limit of its own.")}>
        <NumberInput value={number("timeout_seconds")} onChange={(value) => set("timeout_seconds", value)} min={1} />
      </Field>
      <Field label={_("When a run fails, start")} optional>
        <WorkflowPicker value={text("error_workflow", "")} onChange={(id) => set("error_workflow", id === "" ? null : id)} />
      </Field>
      <Field label={_("At the same time, at most")} optional help={_("0: no limit.")}>
        <NumberInput value={number("max_concurrent_executions")} onChange={(value) => set("max_concurrent_executions", value)} min={0} />
      </Field>
      <Field label={_("When that many run already")}>
        <Select
          value={text("on_limit", "queue")}
          onChange={(value) => set("on_limit", value)}
          options={[
            { value: "queue", label: _("Wait for their turn") },
            { value: "reject", label: _("Refuse the call") },
            { value: "cancel_oldest", label: _("Stop the oldest") },
          ]}
        />
      </Field>
      <Field label={_("Write down while it runs")}>
        <Select
          value={text("save_progress", "side_effects")}
          onChange={(value) => set("save_progress", value)}
          options={[
            { value: "side_effects", label: _("Every step with an effect") },
            { value: "every_node", label: _("Every step") },
            { value: "none", label: _("Nothing until it ends") },
          ]}
        />
      </Field>
      <Field label={_("Keep the data of")} group>
        <div className="switches">
          {toggle("save_success", _("runs that succeed"))}
          {toggle("save_error", _("runs that fail"))}
          {toggle("save_manual", _("runs by hand"))}
        </div>
      </Field>
      <Field label={_("Forget runs after (days)")} optional>
        <NumberInput value={number("retention_days")} onChange={(value) => set("retention_days", value)} min={1} />
      </Field>
    </div>
  );
}
