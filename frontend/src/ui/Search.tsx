import { Search as Glass, X } from "lucide-react";
import { useRef, type KeyboardEvent, type Ref } from "react";
import { _ } from "../lib/i18n";
import { Kbd } from "./Kbd";
import { classes } from "./classes";
import "./small.css";

export interface SearchProps {
  /** What is searched: its name for screen readers, and its placeholder. */
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string | undefined;
  /** The shortcut that leads here; shown, not bound. */
  keys?: string | undefined;
  onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  className?: string | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
}

/** A search field. Escape empties it first, and leaves only then. */
export function Search({ label, value, onChange, placeholder, keys, onKeyDown, className, ref }: SearchProps) {
  const field = useRef<HTMLInputElement>(null);
  const empty = () => {
    onChange("");
    field.current?.focus();
  };
  const attach = (element: HTMLInputElement | null) => {
    field.current = element;
    if (typeof ref === "function") ref(element);
    else if (ref) ref.current = element;
  };
  return (
    <div className={classes("search", className)}>
      <Glass size={14} aria-hidden="true" />
      <input
        ref={attach}
        className="input"
        type="search"
        autoComplete="off"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value) {
            event.preventDefault();
            event.stopPropagation();
            empty();
          }
          onKeyDown?.(event);
        }}
      />
      {value ? (
        <button type="button" className="search-clear" aria-label={_("Clear")} onClick={empty}>
          <X size={14} aria-hidden="true" />
        </button>
      ) : (
        keys && <Kbd keys={keys} />
      )}
    </div>
  );
}
