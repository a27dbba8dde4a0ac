import type { ComponentProps } from "react";
import { useFieldControl } from "./Field";
import { classes } from "./classes";
import "./inputs.css";

export interface TextInputProps extends Omit<ComponentProps<"input">, "value" | "onChange" | "size" | keyof Ids> , Ids {
  value: string;
  onChange: (text: string) => void;
}

/** The attributes that a field gives, and a caller may set. */
export interface Ids {
  id?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-labelledby"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}

/** One line of text. */
export function TextInput({ value, onChange, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      {...rest}
      {...useFieldControl(rest)}
      className={classes("input", className)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
