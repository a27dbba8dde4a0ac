import { useEffect, useId, useRef, type ReactNode } from "react";
import { useFieldControl } from "./Field";
import type { Ids } from "./TextInput";
import "./inputs.css";

export interface CheckboxProps extends Ids {
  checked: boolean | "mixed";
  onChange: (checked: boolean) => void;
  label?: ReactNode;
  help?: ReactNode;
  disabled?: boolean | undefined;
}

/** A box to tick; "mixed" is for a box over several that differ. */
export function Checkbox({ checked, onChange, label, help, disabled, ...ids }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  const own = useId();
  const control = useFieldControl(
    label ? { ...ids, id: ids.id ?? own, "aria-labelledby": `${own}-label`, "aria-describedby": help ? `${own}-help` : ids["aria-describedby"] } : ids,
  );
  useEffect(() => {
    if (box.current) box.current.indeterminate = checked === "mixed";
  }, [checked]);
  return (
    <label className="choice">
      <input
        ref={box}
        type="checkbox"
        {...control}
        aria-label={ids["aria-label"]}
        checked={checked === true}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label && (
        <span>
          <span id={`${own}-label`}>{label}</span>
          {help && (
            <span className="help" id={`${own}-help`}>
              {help}
            </span>
          )}
        </span>
      )}
    </label>
  );
}
