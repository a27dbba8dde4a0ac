import { useState, type KeyboardEvent } from "react";
import { useFieldControl } from "./Field";
import { TextInput, type Ids } from "./TextInput";

export interface NumberInputProps extends Ids {
  /** Null is an empty field. */
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  readOnly?: boolean | undefined;
}

/** A number; arrows step, and what is no number stays out of the value and is taken back on leaving. */
export function NumberInput({ value, onChange, min, max, step = 1, disabled, readOnly, placeholder, ...ids }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const control = useFieldControl(ids);
  const within = (wanted: number) => Math.min(max ?? Infinity, Math.max(min ?? -Infinity, wanted));
  const write = (text: string) => {
    setDraft(text);
    const read = numberIn(text);
    if (read !== undefined && (read === null || read === within(read))) onChange(read);
  };
  const leave = () => {
    const read = draft === null ? undefined : numberIn(draft);
    if (typeof read === "number" && read !== within(read)) onChange(within(read));
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!sign || readOnly || disabled) return;
    event.preventDefault();
    setDraft(null);
    onChange(within(rounded((value ?? 0) + sign * step * (event.shiftKey ? 10 : 1))));
  };
  const invalid = draft !== null && numberIn(draft) === undefined;
  return (
    <TextInput
      {...control}
      aria-label={ids["aria-label"]}
      inputMode="decimal"
      role="spinbutton"
      aria-valuenow={value ?? undefined}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-invalid={invalid || control["aria-invalid"] ? true : undefined}
      className="number-input"
      placeholder={placeholder}
      disabled={disabled}
      readOnly={readOnly}
      value={draft ?? (value === null ? "" : String(value))}
      onChange={write}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
}

/** The number of a text, null for an empty one, undefined for what is none. A comma counts as the point. */
export function numberIn(text: string): number | null | undefined {
  const clean = text.trim().replace(",", ".");
  if (clean === "") return null;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(clean)) return undefined;
  const read = Number(clean);
  return Number.isFinite(read) ? read : undefined;
}

/** Without the dust of binary fractions: 0.1 + 0.2 is 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
