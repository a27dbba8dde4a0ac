/** Typed fields for the inputs of a table. */
import { _ } from "../../../lib/i18n";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { TextInput } from "../../../ui/TextInput";
import { shownValue, typedText } from "../values";
import type { ColumnType } from "../../server/types";
import type { InputField } from "./fields";

interface Props {
  readonly fields: readonly InputField[];
  readonly texts: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly change: (texts: Readonly<Record<string, string>>) => void;
}

export function InputFields({ fields, texts, faults, change }: Props) {
  return fields.map((field) => (
    <Field key={field.name} label={field.label} error={faults[field.name]} help={field.label === field.name ? undefined : <code>{field.name}</code>}>
      <InputControl field={field} text={texts[field.name] ?? ""} change={(text) => change({ ...texts, [field.name]: text })} />
    </Field>
  ));
}

const PLACEHOLDERS: Partial<Readonly<Record<ColumnType, string>>> = {
  datetime: "2026-01-31T10:00:00Z",
  time: "10:00:00",
  duration: "P1D",
  list: '["a", "b"]',
};

interface ControlProps {
  readonly field: InputField;
  readonly text: string;
  /** What an empty choice stands for. */
  readonly empty?: string;
  readonly change: (text: string) => void;
}

export function InputControl({ field: { type, allowed }, text, empty, change }: ControlProps) {
  const choices = type === "boolean" ? [true, false] : allowed;
  if (choices.length > 0) {
    const known = choices.map((value) => ({ value: typedText(value, type), label: shownValue(value) }));
    const own = text === "" || known.some(({ value }) => value === text) ? [] : [{ value: text, label: text }];
    return <Select value={text} onChange={change} options={[{ value: "", label: empty ?? _("(left out)") }, ...own, ...known]} />;
  }
  if (type === "date") return <TextInput type="date" value={text} onChange={change} />;
  return <TextInput value={text} onChange={change} inputMode={type === "number" ? "decimal" : "text"} placeholder={PLACEHOLDERS[type] ?? ""} />;
}
