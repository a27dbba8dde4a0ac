/** The field in a cell that is being typed in: what can stand there is offered, what cannot is told while it is typed. */
import { CalendarDays } from "lucide-react";
import { useSetAtom } from "jotai";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { _ } from "../../lib/i18n";
import { OptionList } from "../../ui/OptionList";
import type { Option } from "../../ui/options";
import { toast } from "../../shell/toasts";
import type { CommandContext } from "../commands/command";
import { useCommandContext } from "../commands/use-commands";
import { goTo } from "../grid/actions";
import type { GridColumn } from "../grid/columns";
import { editingAtom, faultyAtom, type Editing } from "../grid/editing";
import { readText } from "../grid/texts";
import { viewAtom } from "../grid/view";
import { typeInto } from "../grid/write";
import { useTableModel } from "../state/model";
import { completed, namesOf, offered, offersOf } from "./completion";
import { feelFault, feelTexts } from "./feel-check";

export interface CellEditorProps {
  readonly editing: Editing;
  readonly column: GridColumn;
  readonly width: number;
  readonly label: string;
}

/** Where keys lead that keep the text: rows and columns from here. */
const LEAVING: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  Enter: [1, 0],
  "shift+Enter": [-1, 0],
  Tab: [0, 1],
  "shift+Tab": [0, -1],
};
const LETTER = 7.6;
const MOST_WIDTH = 520;

export function CellEditor({ editing, column, width, label }: CellEditorProps) {
  const { text, setText, end, leave } = useTyping(editing, column);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const { options, active, setActive } = useOffers(text, column);
  const fault = useFault(text, column);
  const above = useAbove(field);
  useLayoutEffect(() => {
    const input = field.current;
    input?.focus({ preventScroll: true });
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);
  const pick = (at: number): void => {
    const option = options[at];
    if (!option) return;
    const next = completed(text, column, option);
    setText(next.text);
    setActive(-1);
    if (!next.open) end(next.text, 1, 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const key = `${event.shiftKey ? "shift+" : ""}${event.key}`;
    const step = options.length > 0 ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined;
    if (step) setActive((active + step + options.length + 1) % (options.length + 1) === options.length ? -1 : (active + step + options.length + 1) % (options.length + 1));
    else if (event.key === "Escape") end(null, 0, 0);
    else if (active >= 0 && event.key === "Enter") pick(active);
    else if (LEAVING[key] && !event.altKey && !event.ctrlKey && !event.metaKey) end(text, ...LEAVING[key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isOpen = options.length > 0;
  return (
    <span className="cell-editor combobox" style={{ inlineSize: Math.max(width, Math.min(MOST_WIDTH, text.length * LETTER + 34)) }}>
      <input
        ref={field}
        className="input"
        type="text"
        autoComplete="off"
        spellCheck={column.kind === "annotation"}
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-autocomplete="list"
        aria-controls={isOpen ? list : undefined}
        aria-activedescendant={isOpen && active >= 0 ? `${list}-${active}` : undefined}
        aria-invalid={fault !== null || undefined}
        aria-describedby={fault === null ? undefined : `${list}-fault`}
        value={text}
        onChange={(event) => (setText(event.target.value), setActive(-1))}
        onKeyDown={onKeyDown}
        onBlur={() => leave(text)}
      />
      <DateButton column={column} put={(date) => (setText(withDate(text, date)), field.current?.focus())} />
      {(isOpen || fault !== null) && (
        <span className={above ? "cell-editor-more above" : "cell-editor-more"}>
          {fault !== null && (
            <span className="cell-editor-fault" id={`${list}-fault`} role="status">
              {fault}
            </span>
          )}
          {isOpen && <OptionList id={list} label={label} state={{ options, busy: false, error: "" }} query={text} active={active} isChosen={() => false} onPick={pick} onHover={() => {}} />}
        </span>
      )}
    </span>
  );
}

/** The text, and how typing ends: kept with the cursor somewhere else, or given up. */
function useTyping(editing: Editing, column: GridColumn) {
  const [text, setText] = useState(editing.text);
  const setEditing = useSetAtom(editingAtom);
  const contextNow = useCommandContext();
  const done = useRef(false);
  /** Where the cell is by now: others may have moved its rule. */
  const place = (context: CommandContext) => ({
    row: editing.rule === null ? context.view.rules.length : context.view.rules.findIndex(({ id }) => id === editing.rule),
    column: context.view.columns.findIndex(({ key }) => key === editing.key),
  });
  const keep = (typed: string): void => {
    const context = contextNow();
    const { row, column: at } = place(context);
    if (row < 0 || at < 0) return toast(_("Somebody has deleted this rule or column."), "warning");
    const before = editing.rule === null ? "" : context.atoms.get(faultyAtom).get(editing.rule)?.get(column.key)?.text;
    if (typed !== editing.text || before === undefined || before !== typed) typeInto(context, { row, column: at, text: typed });
  };
  const end = (typed: string | null, rows: number, columns: number): void => {
    if (done.current) return;
    done.current = true;
    const from = place(contextNow());
    if (typed !== null) keep(typed);
    setEditing(null);
    const context = contextNow();
    const { view, atoms } = context;
    // A new rule makes room for the next.
    const most = Math.max(atoms.get(viewAtom).rows, view.rows) + (editing.rule === null ? 1 : 0);
    const within = (at: number, count: number): number => Math.max(0, Math.min(at, count - 1));
    goTo(context, within(from.row + rows, most), within(from.column + columns, view.columns.length));
  };
  const leave = (typed: string): void => {
    if (done.current) return;
    done.current = true;
    keep(typed);
    setEditing(null);
  };
  return { text, setText, end, leave };
}

function useOffers(text: string, column: GridColumn) {
  const { store } = useTableModel().document;
  const offers = useMemo(() => offersOf(store.state(), column), [store, column]);
  const names = useMemo(() => namesOf(store.state()), [store]);
  const [active, setActive] = useState(-1);
  const options: readonly Option[] = offered(text, column, offers, names);
  return { options, active: Math.min(active, options.length - 1), setActive };
}

const ASK_MS = 300;

/** What is wrong with the text, by our own reading at once, by the server's after a pause. */
function useFault(text: string, column: GridColumn): string | null {
  const [told, setTold] = useState<{ readonly text: string; readonly fault: string } | null>(null);
  const { store } = useTableModel().document;
  const read = readText(text, column);
  const [feel] = "cell" in read && column.kind === "cell" ? feelTexts(read.cell) : [];
  const kind = column.kind === "cell" && column.side === "input_columns" ? "unary_tests" : "expression";
  useEffect(() => {
    if (feel === undefined) return;
    let gone = false;
    const names = store.state().input_columns.map(({ name }) => name);
    const ask = (): void => void feelFault(kind, feel, names).then((fault) => gone || setTold(fault === null ? null : { text: feel, fault }));
    const timer = setTimeout(ask, ASK_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [feel, kind, store]);
  if ("fault" in read) return read.fault;
  return feel !== undefined && told?.text === feel ? told.fault : null;
}

/** Whether there is more room above the field than under it. */
function useAbove(field: React.RefObject<HTMLElement | null>): boolean {
  const [above, setAbove] = useState(false);
  useLayoutEffect(() => {
    const box = field.current?.getBoundingClientRect();
    const around = field.current?.closest(".decision-grid")?.getBoundingClientRect();
    if (box && around) setAbove(around.bottom - box.bottom < 220 && box.top - around.top > 260);
  }, [field]);
  return above;
}

function DateButton({ column, put }: { readonly column: GridColumn; readonly put: (date: string) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  if (column.kind !== "cell" || column.column.type !== "date") return null;
  return (
    <span className="cell-editor-date">
      <button type="button" className="button ghost icon small" tabIndex={-1} aria-label={_("Choose a date")} onPointerDown={(event) => event.preventDefault()} onClick={() => picker.current?.showPicker()}>
        <CalendarDays size={14} aria-hidden="true" />
      </button>
      <input ref={picker} type="date" tabIndex={-1} aria-hidden="true" onPointerDown={(event) => event.preventDefault()} onChange={(event) => event.target.value && put(event.target.value)} />
    </span>
  );
}

/** The date in the place of the last one of the text, else at its end. */
function withDate(text: string, date: string): string {
  const known = /\d{4}-\d\d-\d\d(?!.*\d{4}-\d\d-\d\d)/;
  return known.test(text) ? text.replace(known, date) : `${text}${text === "" || text.endsWith(" ") ? "" : " "}${date}`;
}
