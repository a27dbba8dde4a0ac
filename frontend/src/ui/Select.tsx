import type { ComponentProps } from "react";
import { useFieldControl } from "./Field";
import type { Ids } from "./TextInput";
import { classes } from "./classes";
import "./inputs.css";

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  disabled?: boolean | undefined;
}

export interface SelectGroup<Value extends string = string> {
  label: string;
  options: readonly SelectOption<Value>[];
}

export interface SelectProps<Value extends string>
  extends Omit<ComponentProps<"select">, "value" | "onChange" | "multiple" | "size" | "children" | keyof Ids>,
    Ids {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly (SelectOption<Value> | SelectGroup<Value>)[];
  /** What stands there while nothing is chosen (`value` is ""). */
  placeholder?: string | undefined;
}

/** One of a few: the browser's own select, which every keyboard, phone and screen reader knows. */
export function Select<Value extends string>({ value, onChange, options, placeholder, className, ...rest }: SelectProps<Value>) {
  return (
    <select
      {...rest}
      {...useFieldControl(rest)}
      className={classes("input", className)}
      value={value}
      onChange={(event) => onChange(event.target.value as Value)}
    >
      {placeholder !== undefined && (
        <option value="" disabled hidden>
          {placeholder}
        </option>
      )}
      {options.map((option) =>
        "options" in option ? (
          <optgroup key={option.label} label={option.label}>
            {option.options.map(one)}
          </optgroup>
        ) : (
          one(option)
        ),
      )}
    </select>
  );
}

function one(option: SelectOption) {
  return (
    <option key={option.value} value={option.value} disabled={option.disabled}>
      {option.label}
    </option>
  );
}
