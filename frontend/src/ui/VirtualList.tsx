import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type KeyboardEventHandler, type ReactNode } from "react";
import { classes } from "./classes";
import "./virtual-list.css";

export interface VirtualListProps {
  /** Its name for screen readers. */
  label: string;
  count: number;
  /** The height of a row, as good as it is known before it is drawn. */
  estimate: number;
  row: (index: number) => ReactNode;
  keyOf?: ((index: number) => string | number) | undefined;
  /** Kept in sight when it changes. */
  current?: number | undefined;
  role?: "list" | "listbox" | "tree" | undefined;
  id?: string | undefined;
  onKeyDown?: KeyboardEventHandler | undefined;
  className?: string | undefined;
}

const ROW_ROLES = { list: "listitem", listbox: "presentation", tree: "presentation" } as const;

/** A long list of which only what is in sight is in the page. It scrolls by keyboard, and takes the height it is given. */
export function VirtualList({ label, count, estimate, row, keyOf, current, role = "list", id, onKeyDown, className }: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    overscan: 8,
    initialRect: { width: 0, height: 600 },
    ...(keyOf ? { getItemKey: keyOf } : {}),
  });
  useEffect(() => {
    if (current !== undefined && current >= 0 && current < count) rows.scrollToIndex(current, { align: "auto" });
  }, [current, count, rows]);
  return (
    <div className={classes("virtual-list", className)} ref={scroller} tabIndex={0} role={role} aria-label={label} id={id} onKeyDown={onKeyDown}>
      <div className="virtual-space" role="presentation" style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={rows.measureElement}
            data-index={item.index}
            className="virtual-row"
            role={ROW_ROLES[role]}
            aria-setsize={role === "list" ? count : undefined}
            aria-posinset={role === "list" ? item.index + 1 : undefined}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {row(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
