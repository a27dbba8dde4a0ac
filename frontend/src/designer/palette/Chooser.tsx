/** A search field over a grouped list: typing narrows it, arrows go through it, Enter takes the entry. */
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { Search } from "../../ui/Search";
import { useListKeys } from "../../ui/useListKeys";

export interface Choice {
  readonly id: string;
  readonly content: ReactNode;
}

export interface ChoiceGroup {
  readonly name: string;
  readonly choices: readonly Choice[];
}

interface Props {
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly groups: readonly ChoiceGroup[];
  readonly onPick: (id: string) => void;
  /** Said in the place of an empty list. */
  readonly empty: string;
}

export function Chooser({ label, query, onQuery, groups, onPick, empty }: Props) {
  const list = useId();
  const element = useRef<HTMLDivElement>(null);
  const all = groups.flatMap(({ choices }) => choices);
  const { active, setActive, onKey } = useListKeys(all.length, true, (place) => {
    const chosen = all[place];
    if (chosen) onPick(chosen.id);
  });
  useEffect(() => {
    element.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, query]);
  const type = (text: string): void => {
    setActive(0);
    onQuery(text);
  };
  const chosen = all[active];
  const optionId = (id: string): string => `${list}-${id}`;
  let place = -1;
  return (
    <div className="chooser">
      <ComboSearch label={label} query={query} onQuery={type} list={list} active={chosen ? optionId(chosen.id) : undefined} onKey={onKey} />
      <div className="chooser-list" id={list} role="listbox" aria-label={label} ref={element} tabIndex={-1}>
        {groups.map(({ name, choices }) => (
          <div key={name} role="group" aria-label={name} className="chooser-group">
            <div className="chooser-head" aria-hidden="true">
              {name}
            </div>
            {choices.map(({ id, content }) => {
              place += 1;
              const at = place;
              return (
                <div key={id} id={optionId(id)} role="option" aria-selected={at === active} className="chooser-choice" onPointerMove={() => setActive(at)} onClick={() => onPick(id)}>
                  {content}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {all.length === 0 && (
        <p className="chooser-empty" role="status">
          {empty}
        </p>
      )}
    </div>
  );
}

interface ComboProps {
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly list: string;
  readonly active: string | undefined;
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** The field tells screen readers which entry is meant. */
function ComboSearch({ label, query, onQuery, list, active, onKey }: ComboProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const input = field.current;
    if (!input) return;
    const names = { role: "combobox", "aria-expanded": "true", "aria-autocomplete": "list", "aria-controls": list, "aria-activedescendant": active ?? "" };
    for (const [name, value] of Object.entries(names)) input.setAttribute(name, value);
  }, [list, active]);
  return <Search label={label} value={query} onChange={onQuery} onKeyDown={onKey} ref={field} />;
}
