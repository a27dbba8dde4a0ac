import { Check, Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import { _ } from "../lib/i18n";
import type { Option, OptionState } from "./options";
import "./popover.css";
import "./combobox.css";

/** The entry that makes something new; it comes last. */
export interface CreateEntry {
  label: (query: string) => string;
  onCreate: (query: string) => void;
}

export interface OptionListProps {
  id: string;
  label: string;
  state: OptionState;
  query: string;
  /** Which place the keyboard is at. */
  active: number;
  isChosen: (option: Option) => boolean;
  several?: boolean | undefined;
  create?: CreateEntry | undefined;
  onPick: (place: number) => void;
  onHover: (place: number) => void;
}

/** The list box under a search field. The focus stays in the field; `aria-activedescendant` tells where one is. */
export function OptionList({ id, label, state, query, active, isChosen, several, create, onPick, onHover }: OptionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-place="${active}"]`)?.scrollIntoView?.({ block: "nearest" });
  }, [active]);
  const place = (index: number) => ({
    id: `${id}-${index}`,
    role: "option",
    "data-place": index,
    "data-active": index === active ? "" : undefined,
    onPointerDown: (event: { preventDefault: () => void }) => event.preventDefault(),
    onClick: () => onPick(index),
    onPointerMove: () => index !== active && onHover(index),
  });
  return (
    <>
      <ul className="option-list" role="listbox" id={id} aria-label={label} aria-multiselectable={several || undefined} aria-busy={state.busy || undefined} ref={list}>
        {state.options.map((option, index) => (
          <li key={option.value} {...place(index)} className="option" aria-selected={isChosen(option)} aria-disabled={option.disabled || undefined}>
            <span className="option-text">
              {option.label}
              {option.note && <span className="option-note">{option.note}</span>}
            </span>
            {isChosen(option) && <Check size={14} aria-hidden="true" />}
          </li>
        ))}
        {create && (
          <li {...place(state.options.length)} className="option option-create" aria-selected={false}>
            <Plus size={14} aria-hidden="true" />
            {create.label(query)}
          </li>
        )}
      </ul>
      <p className="option-state" role="status">
        {stateText(state)}
      </p>
    </>
  );
}

function stateText(state: OptionState): string {
  if (state.error) return state.error;
  if (state.options.length > 0) return "";
  return state.busy ? _("Searching…") : _("Nothing fits.");
}
