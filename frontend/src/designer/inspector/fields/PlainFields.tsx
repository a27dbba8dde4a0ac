/** Controls for single fixed values. */
import type { Json } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { useFieldControl } from "../../../ui/Field";
import { MultiSelect } from "../../../ui/MultiSelect";
import { NumberInput } from "../../../ui/NumberInput";
import { Select } from "../../../ui/Select";
import { Switch } from "../../../ui/Switch";
import { TextInput } from "../../../ui/TextInput";
import { toExpression } from "../../expressions/mode";
import { draggedExpression, isDragged } from "../../expressions/drag";
import { useForm } from "../form/form-context";
import { defaultOf, limitOf, type NodeParameter } from "../form/parameter";
import type { Slot } from "../form/slot";
import type { ControlProps } from "./Control";

/** Around controls that are no text: data that are dropped on them make them an expression. */
export function DropPlace({ parameter, slot, children }: { readonly parameter: NodeParameter; readonly slot: Slot; readonly children: React.ReactNode }) {
  const { readOnly } = useForm();
  if (readOnly || !parameter.supports_expressions) return children;
  return (
    <div
      className="drop-place"
      onDragOver={(event) => isDragged(event.dataTransfer) && event.preventDefault()}
      onDrop={(event) => {
        const expression = draggedExpression(event.dataTransfer);
        if (expression === null) return;
        event.preventDefault();
        slot.set(`${toExpression("")}{{ ${expression} }}`);
      }}
    >
      {children}
    </div>
  );
}

export function NumberField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const shown = slot.value ?? defaultOf(parameter);
  const otherwise = parameter.default_value;
  // Digits in a text are read as a number at run time: they are shown as one, and stored as one when changed.
  const value = typeof shown === "number" ? shown : typeof shown === "string" && shown.trim() !== "" && Number.isFinite(Number(shown)) ? Number(shown) : null;
  return (
    <DropPlace parameter={parameter} slot={slot}>
      <NumberInput value={value} onChange={slot.set} readOnly={readOnly} min={limitOf(parameter, "min")} max={limitOf(parameter, "max")} placeholder={parameter.placeholder || (typeof otherwise === "number" ? String(otherwise) : undefined)} />
    </DropPlace>
  );
}

export function BooleanField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const value = slot.value ?? defaultOf(parameter);
  return (
    <DropPlace parameter={parameter} slot={slot}>
      <Switch checked={value === true} onChange={slot.set} disabled={readOnly} />
    </DropPlace>
  );
}

/** Options have values of any kind; the browser's controls know texts only. */
const keyOf = (value: unknown): string => JSON.stringify(value) ?? "null";

export function SelectField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const value = slot.value ?? defaultOf(parameter);
  const options = parameter.options.map((option) => ({ value: keyOf(option.value), label: option.name }));
  const isUnknown = value !== null && !options.some((option) => option.value === keyOf(value));
  const all = isUnknown ? [...options, { value: keyOf(value), label: _("{value} (not known)", { value: String(value) }) }] : options;
  const choose = (key: string) => slot.set(JSON.parse(key) as Json);
  return (
    <DropPlace parameter={parameter} slot={slot}>
      <Select value={value === null ? "" : keyOf(value)} onChange={choose} options={all} placeholder={_("Choose…")} disabled={readOnly} />
    </DropPlace>
  );
}

export function MultiField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const value = slot.value ?? defaultOf(parameter);
  const chosen = (Array.isArray(value) ? (value as readonly Json[]) : value === null ? [] : [value]).map(keyOf);
  const options = parameter.options.map((option) => ({ value: keyOf(option.value), label: option.name, note: option.description || undefined }));
  return <MultiSelect value={chosen} onChange={(keys) => slot.set(keys.map((key) => JSON.parse(key) as Json))} options={options} placeholder={parameter.placeholder} disabled={readOnly} />;
}

/** `2026-03-01T09:30`, which the browser's own control knows; anything else is written as text. */
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;

export function DateTimeField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const control = useFieldControl();
  const value = String(slot.value ?? defaultOf(parameter) ?? "");
  return (
    <DropPlace parameter={parameter} slot={slot}>
      {value === "" || LOCAL.test(value) ? (
        <input {...control} type="datetime-local" className="input" step={1} value={value} readOnly={readOnly} onChange={(event) => slot.set(event.target.value || null)} />
      ) : (
        <TextInput value={value} onChange={(text) => slot.set(text || null)} readOnly={readOnly} placeholder="2026-03-01T09:30:00+01:00" />
      )}
    </DropPlace>
  );
}
