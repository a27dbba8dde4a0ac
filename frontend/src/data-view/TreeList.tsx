/** A tree of which only what is in sight is in the page, with the keys of the ARIA practices. */
import { ChevronRight } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "../ui/classes";
import { useRows } from "./use-rows";
import "./data-parts.css";

export interface TreeListRow {
  readonly id: string;
  readonly depth: number;
  readonly isOpen: boolean | null;
  readonly position: number;
  readonly size: number;
}

export interface TreeListProps<Row extends TreeListRow> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly toggle: (row: Row) => void;
  readonly render: (row: Row) => ReactNode;
  /** Enter or a double press. */
  readonly onChoose?: ((row: Row) => void) | undefined;
  readonly onDragStart?: ((row: Row, data: DataTransfer) => void) | undefined;
  readonly onCurrent?: ((row: Row) => void) | undefined;
  readonly className?: string | undefined;
}

const ROW = 26;
const INDENT = 14;
/** Deeper rows are not moved further in: they would leave the panel. */
const MAX_INDENT = 24;

export function TreeList<Row extends TreeListRow>(props: TreeListProps<Row>) {
  const { label, rows, toggle, render, onChoose, onDragStart, onCurrent, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const id = useId();
  const found = rows.findIndex((row) => row.id === currentId);
  const current = found < 0 ? 0 : found;
  const list = useRows({ count: rows.length, height: ROW, scroller });
  useEffect(() => {
    if (found >= 0) list.scrollToIndex(found, { align: "auto" });
  }, [found, list]);
  const go = (row: Row | undefined): void => {
    if (!row) return;
    setCurrentId(row.id);
    onCurrent?.(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[current];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const done = moved(event.key, rows, current, { go, toggle, choose: onChoose });
    if (done) event.preventDefault();
  };
  const items = list.getVirtualItems();
  const active = items.some((item) => item.index === current) ? `${id}-${current}` : undefined;
  return (
    <div ref={scroller} className={classes("tree-list", className)} role="tree" tabIndex={0} aria-label={label} aria-activedescendant={active} onKeyDown={onKeyDown}>
      <div className="tree-space" role="presentation" style={{ blockSize: list.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={row.id}
              id={`${id}-${index}`}
              className={classes("tree-row", index === current && "is-current")}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-setsize={row.size}
              aria-posinset={row.position}
              aria-expanded={row.isOpen ?? undefined}
              aria-selected={index === current}
              draggable={onDragStart !== undefined}
              onDragStart={onDragStart && ((event) => onDragStart(row, event.dataTransfer))}
              onClick={() => go(row)}
              onDoubleClick={() => (onChoose ? onChoose(row) : toggle(row))}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: 6 + Math.min(row.depth, MAX_INDENT) * INDENT }}
            >
              <Opener row={row} toggle={toggle} />
              {render(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Opener<Row extends TreeListRow>({ row, toggle }: { readonly row: Row; readonly toggle: (row: Row) => void }) {
  if (row.isOpen === null) return <span className="tree-opener" aria-hidden="true" />;
  return (
    // The keys of the tree open and close; this is for the pointer.
    <span className={classes("tree-opener", row.isOpen && "is-open")} aria-hidden="true" onClick={() => toggle(row)} onDoubleClick={(event) => event.stopPropagation()}>
      <ChevronRight size={13} />
    </span>
  );
}

interface Doings<Row> {
  readonly go: (row: Row | undefined) => void;
  readonly toggle: (row: Row) => void;
  readonly choose: ((row: Row) => void) | undefined;
}

/** Whether the key meant something here. */
function moved<Row extends TreeListRow>(key: string, rows: readonly Row[], at: number, doings: Doings<Row>): boolean {
  const row = rows[at];
  if (!row) return false;
  const parent = (): Row | undefined => rows.slice(0, at).findLast((other) => other.depth < row.depth);
  const moves: Record<string, () => void> = {
    ArrowDown: () => doings.go(rows[at + 1]),
    ArrowUp: () => doings.go(rows[at - 1]),
    Home: () => doings.go(rows[0]),
    End: () => doings.go(rows.at(-1)),
    ArrowRight: () => (row.isOpen === false ? doings.toggle(row) : row.isOpen && doings.go(rows[at + 1])),
    ArrowLeft: () => (row.isOpen ? doings.toggle(row) : doings.go(parent())),
    Enter: () => (doings.choose ?? doings.toggle)(row),
    " ": () => row.isOpen !== null && doings.toggle(row),
  };
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  move?.();
  return move !== undefined;
}
