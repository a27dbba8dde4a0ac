import { Switch as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";
import { useFieldControl } from "./Field";
import type { Ids } from "./TextInput";
import "./inputs.css";

export interface SwitchProps extends Ids {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Words beside it; inside of a Field they may be missing. */
  label?: ReactNode;
  disabled?: boolean | undefined;
}

/** On or off, at once. For a choice that is saved later with a form take a Checkbox. */
export function Switch({ checked, onChange, label, disabled, ...ids }: SwitchProps) {
  const own = useId();
  const control = useFieldControl({ ...ids, ...(label ? { id: ids.id ?? own, "aria-labelledby": `${own}-label` } : {}) });
  return (
    <span className="switch">
      <Radix.Root {...control} aria-label={ids["aria-label"]} className="switch-track" checked={checked} onCheckedChange={onChange} disabled={disabled ?? false}>
        <Radix.Thumb className="switch-thumb" />
      </Radix.Root>
      {label && (
        <label id={`${own}-label`} htmlFor={ids.id ?? own}>
          {label}
        </label>
      )}
    </span>
  );
}
