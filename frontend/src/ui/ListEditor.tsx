import { GripVertical, Plus, Trash2 } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { _ } from "../lib/i18n";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import { moved, useRowDrag } from "./row-drag";
import "./list-editor.css";

export interface ListEditorProps<Item> {
  /** What is listed, for screen readers. */
  label: string;
  items: readonly Item[];
  onChange: (items: Item[]) => void;
  /** The controls of a row; `update` puts a new item in its place. */
  row: (item: Item, index: number, update: (item: Item) => void) => ReactNode;
  /** What a row is called: "Header 2". */
  nameOf?: ((item: Item, index: number) => string) | undefined;
  /** Stays the same while a row moves; rows without one are told apart by their place. */
  keyOf?: ((item: Item, index: number) => string | number) | undefined;
  /** A new item; without it nothing can be added. */
  add?: (() => Item) | undefined;
  addLabel?: string | undefined;
  max?: number | undefined;
  min?: number | undefined;
  /** The order means nothing. */
  unordered?: boolean | undefined;
  disabled?: boolean | undefined;
  emptyText?: string | undefined;
}

/** Rows to add, remove and put in order: by pointer at the handle, by arrows on the handle, by Alt and arrows anywhere in a row. */
export function ListEditor<Item>(props: ListEditorProps<Item>) {
  const { label, items, onChange, row, keyOf, add, addLabel = _("Add"), max = Infinity, min = 0, unordered, disabled, emptyText } = props;
  const nameOf = props.nameOf ?? ((_item: Item, index: number) => _("Row {n}", { n: index + 1 }));
  const list = useRef<HTMLUListElement>(null);
  const [said, setSaid] = useState("");
  const focusRow = (index: number, selector: string) =>
    requestAnimationFrame(() => list.current?.children[index]?.querySelector<HTMLElement>(selector)?.focus());
  const move = (from: number, to: number) => {
    const item = items[from];
    if (item === undefined || to < 0 || to >= items.length || to === from) return;
    onChange(moved(items, from, to));
    setSaid(_("{name} is now number {n} of {all}", { name: nameOf(item, from), n: to + 1, all: items.length }));
  };
  const drag = useRowDrag(list, move);
  const moveByKey = (event: KeyboardEvent, index: number, onHandle: boolean) => {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!way || unordered || disabled || !(onHandle || event.altKey)) return;
    event.preventDefault();
    event.stopPropagation();
    move(index, index + way);
    if (onHandle) focusRow(Math.min(items.length - 1, Math.max(0, index + way)), ".list-handle");
  };
  const remove = (index: number) => {
    const item = items[index];
    if (item === undefined) return;
    onChange(items.toSpliced(index, 1));
    setSaid(_("{name} removed", { name: nameOf(item, index) }));
    focusRow(Math.min(index, items.length - 2), ".list-remove");
  };
  const append = () => {
    if (!add) return;
    onChange([...items, add()]);
    focusRow(items.length, ".list-content :is(input, textarea, select, button, [tabindex='0'], .cm-content)");
  };
  return (
    <div className="list-editor">
      <ul aria-label={label} ref={list}>
        {items.map((item, index) => (
          <li key={keyOf ? keyOf(item, index) : index} className={classes("list-row", drag.from === index && "dragged", drag.to === index && "target")} onKeyDown={(event) => moveByKey(event, index, false)}>
            {!unordered && (
              <button type="button" className="list-handle" disabled={disabled || items.length < 2} aria-label={_("Move {name}", { name: nameOf(item, index) })} title={_("Drag, or press the arrow keys")} onKeyDown={(event) => moveByKey(event, index, true)} {...drag.handle(index)}>
                <GripVertical size={14} aria-hidden="true" />
              </button>
            )}
            <div className="list-content">{row(item, index, (next) => onChange(items.with(index, next)))}</div>
            <IconButton className="list-remove" icon={<Trash2 size={14} aria-hidden="true" />} label={_("Remove {name}", { name: nameOf(item, index) })} size="small" tooltip={false} disabled={disabled || items.length <= min} onClick={() => remove(index)} />
          </li>
        ))}
      </ul>
      {items.length === 0 && emptyText && <p className="list-empty">{emptyText}</p>}
      {add && (
        <Button size="small" icon={<Plus size={14} aria-hidden="true" />} disabled={disabled || items.length >= max} onClick={append}>
          {addLabel}
        </Button>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}
