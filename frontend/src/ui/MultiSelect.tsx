import { X } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { _ } from "../lib/i18n";
import { useFieldControl } from "./Field";
import type { CreateEntry } from "./OptionList";
import { OptionPopover } from "./OptionPopover";
import type { Ids } from "./TextInput";
import { useOptions, type OptionSource } from "./options";
import { useListKeys } from "./useListKeys";

export interface MultiSelectProps extends Ids {
  value: readonly string[];
  onChange: (value: string[]) => void;
  options: OptionSource;
  /** Names of chosen values that are not among the options (yet). */
  labels?: Readonly<Record<string, string>> | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  create?: CreateEntry | undefined;
}

/** Several of many: what is chosen stands as chips before the search field; Backspace takes the last away. */
export function MultiSelect({ value, onChange, options, labels = {}, placeholder, disabled, create, ...ids }: MultiSelectProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [seen, setSeen] = useState<Readonly<Record<string, string>>>({});
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const control = useFieldControl(ids);
  const state = useOptions(options, query, open);
  const total = state.options.length + (create ? 1 : 0);
  const fixed = typeof options === "function" ? undefined : options;
  const nameOf = (chosen: string) => seen[chosen] ?? fixed?.find((option) => option.value === chosen)?.label ?? labels[chosen] ?? chosen;
  const without = (chosen: string) => value.filter((each) => each !== chosen);
  const close = () => {
    setOpen(false);
    setQuery("");
  };
  const pick = (place: number) => {
    const option = state.options[place];
    if (option?.disabled) return;
    if (option) {
      setSeen((before) => ({ ...before, [option.value]: option.label }));
      onChange(value.includes(option.value) ? without(option.value) : [...value, option.value]);
    } else create?.onCreate(query);
    setQuery("");
  };
  const keys = useListKeys(total, open, pick);
  const onKeyDown = (event: KeyboardEvent) => {
    if (keys.onKey(event)) return;
    if (event.key === "Backspace" && query === "" && value.length > 0) onChange(value.slice(0, -1));
    else if (!open && event.key === "ArrowDown") setOpen(true);
    else if (open && event.key === "Escape") {
      event.stopPropagation();
      close();
    } else return;
    event.preventDefault();
  };
  return (
    <OptionPopover
      open={open}
      close={close}
      id={listId}
      label={placeholder ?? ids["aria-label"] ?? ""}
      state={state}
      query={query}
      active={keys.active}
      several
      isChosen={(option) => value.includes(option.value)}
      create={create}
      onPick={pick}
      onHover={keys.setActive}
      field={(anchor) => (
        <div ref={anchor} className="input multi-select combobox" data-disabled={disabled ? "" : undefined} onPointerDown={(event) => event.target === event.currentTarget && (event.preventDefault(), field.current?.focus())}>
          {value.map((chosen) => (
            <span className="chip multi-chip" key={chosen}>
              {nameOf(chosen)}
              <button type="button" aria-label={_("Remove {name}", { name: nameOf(chosen) })} disabled={disabled} onClick={() => (onChange(without(chosen)), field.current?.focus())}>
                <X size={12} aria-hidden="true" />
              </button>
            </span>
          ))}
          <input
            {...control}
            aria-label={ids["aria-label"]}
            ref={field}
            type="text"
            autoComplete="off"
            role="combobox"
            aria-expanded={open}
            aria-autocomplete="list"
            aria-controls={open ? listId : undefined}
            aria-activedescendant={open && total > 0 ? `${listId}-${keys.active}` : undefined}
            placeholder={value.length === 0 ? placeholder : undefined}
            disabled={disabled}
            value={query}
            onChange={(event) => (setOpen(true), setQuery(event.target.value), keys.setActive(0))}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
        </div>
      )}
    />
  );
}
