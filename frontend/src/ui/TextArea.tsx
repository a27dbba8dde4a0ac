import type { ComponentProps } from "react";
import { useFieldControl } from "./Field";
import type { Ids } from "./TextInput";
import { classes } from "./classes";
import "./inputs.css";

export interface TextAreaProps extends Omit<ComponentProps<"textarea">, "value" | "onChange" | keyof Ids>, Ids {
  value: string;
  onChange: (text: string) => void;
  /** Written in the font of code. */
  code?: boolean | undefined;
}

/** Text of several lines; it grows with what is written, up to a limit, and scrolls then. */
export function TextArea({ value, onChange, code, className, rows = 2, ...rest }: TextAreaProps) {
  return (
    <div className="grow-area">
      {/* The same text under the area gives both their height, so nothing has to be measured. */}
      <div className={classes("grow-copy", code && "mono")} aria-hidden="true">
        {value + "\n"}
      </div>
      <textarea
        spellCheck={!code}
        {...rest}
        {...useFieldControl(rest)}
        rows={rows}
        className={classes("input", code && "mono", className)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
