/** A schedule as one line: minute, hour, day, month, weekday; seconds may come first. */
import { _ } from "../../../lib/i18n";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { TextInput } from "../../../ui/TextInput";
import { useForm } from "../form/form-context";
import { defaultOf } from "../form/parameter";
import type { ControlProps } from "./Control";
import { cronParts } from "./cron-words";

const EXAMPLES: readonly (readonly [string, () => string])[] = [
  ["*/15 * * * *", () => _("Every 15 minutes")],
  ["0 * * * *", () => _("Every hour")],
  ["0 9 * * *", () => _("Every day at 9:00")],
  ["0 9 * * 1-5", () => _("Monday to Friday at 9:00")],
  ["0 9 1 * *", () => _("On the first of each month at 9:00")],
];

export function CronField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const value = String(slot.value ?? defaultOf(parameter) ?? "");
  const parts = cronParts(value);
  return (
    <>
      <TextInput className="mono" value={value} onChange={(text) => slot.set(text || null)} readOnly={readOnly} placeholder={parameter.placeholder || "0 9 * * 1-5"} spellCheck={false} />
      {parts && <p className="help cron-words">{parts.map(({ word, text }) => `${word}: ${text}`).join(" · ")}</p>}
      {!readOnly && (
        <Field label={_("Begin with")}>
          <Select value="" placeholder={_("An example…")} onChange={slot.set} options={EXAMPLES.map(([line, label]) => ({ value: line, label: label() }))} />
        </Field>
      )}
    </>
  );
}
