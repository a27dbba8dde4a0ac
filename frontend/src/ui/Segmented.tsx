import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { useFieldControl } from "./Field";
import "./inputs.css";

export interface SegmentedProps<Value extends string> {
  /** What is chosen here, for screen readers; inside of a Field it may be missing. */
  label?: string | undefined;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode; name?: string | undefined; disabled?: boolean | undefined }[];
  className?: string | undefined;
}

/** One of two to four, all in sight. It is a group of radio buttons: arrows choose. */
export function Segmented<Value extends string>({ label, value, onChange, options, className }: SegmentedProps<Value>) {
  const group = useRef<HTMLDivElement>(null);
  const control = useFieldControl({ "aria-label": label });
  const usable = options.filter((option) => !option.disabled);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = usable.findIndex((option) => option.value === value);
    const moves: Record<string, number> = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: usable.length - 1 };
    const to = moves[event.key];
    const chosen = to === undefined ? undefined : usable[(to + usable.length) % usable.length];
    if (!chosen) return;
    event.preventDefault();
    onChange(chosen.value);
    (group.current?.children[options.indexOf(chosen)] as HTMLElement | undefined)?.focus();
  };
  const focusable = usable.some((option) => option.value === value) ? value : usable[0]?.value;
  return (
    <div {...control} role="radiogroup" ref={group} className={className ? `segmented ${className}` : "segmented"} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.name}
          title={option.name}
          disabled={option.disabled}
          tabIndex={option.value === focusable ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.icon}
          {option.label}
        </button>
      ))}
    </div>
  );
}
