import { isObject, withMember, type Json, type JsonObject } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { Field } from "../../../ui/Field";
import { NumberInput } from "../../../ui/NumberInput";
import { Switch } from "../../../ui/Switch";
import type { SettingProps } from "./SettingsTab";

/** As the server fills in what is left out. */
const DEFAULTS = { max_retries: 3, delay_ms: 1_000, backoff_multiplier: 2, max_delay_ms: 10_000 } as const;
const DAY_MS = 86_400_000;

/** Whether and how a failed step is tried again. */
export function RetrySettings({ node, set, readOnly }: SettingProps) {
  const retry: JsonObject = isObject(node["retry"]) ? node["retry"] : {};
  const put = (name: string, value: Json) => set("retry", withMember(retry, name, value ?? undefined));
  const grows = retry["exponential_backoff"] === true;
  const number = (name: keyof typeof DEFAULTS, label: string, min: number, max: number) => (
    <Field label={label}>
      <NumberInput value={numberAt(retry, name)} placeholder={String(DEFAULTS[name])} min={min} max={max} onChange={(value) => put(name, value)} readOnly={readOnly} />
    </Field>
  );
  return (
    <div className="settings-group">
      <Switch checked={retry["enabled"] === true} onChange={(on) => put("enabled", on)} disabled={readOnly} label={_("Try again when it fails for a passing reason")} />
      {retry["enabled"] === true && (
        <div className="parameter-members settings-inner">
          {number("max_retries", _("Tries after the first"), 0, 20)}
          {number("delay_ms", _("Wait before each, in milliseconds"), 0, DAY_MS)}
          <Switch checked={grows} onChange={(on) => put("exponential_backoff", on)} disabled={readOnly} label={_("Wait longer each time")} />
          {grows && number("backoff_multiplier", _("Times longer"), 1, 100)}
          {grows && number("max_delay_ms", _("At most, in milliseconds"), 0, DAY_MS)}
        </div>
      )}
    </div>
  );
}

function numberAt(retry: JsonObject, name: string): number | null {
  const value = retry[name];
  return typeof value === "number" ? value : null;
}
