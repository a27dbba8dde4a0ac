import { ChevronsUpDown } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import { useFieldControl } from "./Field";
import type { CreateEntry } from "./OptionList";
import { OptionPopover } from "./OptionPopover";
import { TextInput, type Ids } from "./TextInput";
import { useOptions, type Option, type OptionSource } from "./options";
import { useListKeys } from "./useListKeys";

export type { CreateEntry } from "./OptionList";
export type { Option, OptionSource } from "./options";

export interface ComboboxProps extends Ids {
  /** "" is nothing. */
  value: string;
  onChange: (value: string, option: Option | null) => void;
  options: OptionSource;
  /** What the value is called while the options are not loaded. */
  valueLabel?: string | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  /** "Create new…" at the end of the list. */
  create?: CreateEntry | undefined;
  /** Any text is a value, the options are suggestions. */
  free?: boolean | undefined;
}

/** One of many, found by typing. */
export function Combobox({ value, onChange, options, valueLabel, placeholder, disabled, create, free, ...ids }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [label, setLabel] = useState<{ value: string; label: string } | null>(null);
  const listId = useId();
  const control = useFieldControl(ids);
  const state = useOptions(options, query, open);
  const total = state.options.length + (create ? 1 : 0);
  const close = () => {
    setOpen(false);
    setQuery("");
  };
  const choose = (option: Option) => {
    setLabel({ value: option.value, label: option.label });
    onChange(option.value, option);
    close();
  };
  const pick = (place: number) => {
    const option = state.options[place];
    if (option?.disabled) return;
    if (option) return choose(option);
    close();
    create?.onCreate(query);
  };
  const keys = useListKeys(total, open, pick);
  const onKeyDown = (event: KeyboardEvent) => {
    if (keys.onKey(event)) return;
    if (!open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setOpen(true);
    } else if (open && event.key === "Escape") {
      // Only the list closes, not the dialog around it.
      event.stopPropagation();
      event.preventDefault();
      close();
    }
  };
  const type = (text: string) => {
    setOpen(true);
    setQuery(text);
    keys.setActive(0);
    if (free) onChange(text, null);
    else if (text === "" && value !== "") onChange("", null);
  };
  const shown = free ? value : (label?.value === value ? label.label : (known(options, value) ?? valueLabel ?? value));
  return (
    <OptionPopover
      open={open}
      close={close}
      id={listId}
      label={placeholder ?? ids["aria-label"] ?? ""}
      state={state}
      query={query}
      active={keys.active}
      isChosen={(option) => option.value === value}
      create={create}
      onPick={pick}
      onHover={keys.setActive}
      field={(anchor) => (
        <span ref={anchor} className="combobox">
          <TextInput
            {...control}
            aria-label={ids["aria-label"]}
            role="combobox"
            aria-expanded={open}
            aria-autocomplete="list"
            aria-controls={open ? listId : undefined}
            aria-activedescendant={open && total > 0 ? `${listId}-${keys.active}` : undefined}
            placeholder={shown || placeholder}
            disabled={disabled}
            value={open && !free ? query : shown}
            onChange={type}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
          <ChevronsUpDown size={14} aria-hidden="true" />
        </span>
      )}
    />
  );
}

/** The name of a value among fixed options. */
function known(options: OptionSource, value: string): string | undefined {
  return typeof options === "function" ? undefined : options.find((option) => option.value === value)?.label;
}
