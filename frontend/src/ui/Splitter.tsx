import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { classes } from "./classes";
import "./splitter.css";

const STEP = 16;
const KEPT = "exprsn.split.";

export interface SplitterProps {
  /** What the bar changes: "Width of the inspector". */
  label: string;
  /** Side by side, or one above the other. */
  direction?: "horizontal" | "vertical" | undefined;
  /** Which of the two has a size in pixels; the other takes the rest. */
  sized?: "first" | "second" | undefined;
  defaultSize: number;
  min?: number | undefined;
  max?: number | undefined;
  /** Under this name the size is kept in the browser. */
  keepAs?: string | undefined;
  first: ReactNode;
  second: ReactNode;
  className?: string | undefined;
}

/** Two panes with a bar between them, moved by pointer or by arrows; Home, End and a double press go to the ends and back. */
export function Splitter({ label, direction = "horizontal", sized = "second", defaultSize, min = 120, max = 960, keepAs, first, second, className }: SplitterProps) {
  const within = (wanted: number) => Math.round(Math.min(max, Math.max(min, wanted)));
  const [size, setSize] = useState(() => within(kept(keepAs) ?? defaultSize));
  const start = useRef<{ at: number; size: number } | null>(null);
  const horizontal = direction === "horizontal";
  const resize = (wanted: number) => {
    const next = within(wanted);
    setSize(next);
    keep(keepAs, next);
  };
  // Towards the end of the line grows the first pane, and shrinks the second.
  const sign = (element: Element) => (sized === "first" ? 1 : -1) * (horizontal && getComputedStyle(element).direction === "rtl" ? -1 : 1);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: horizontal ? event.clientX : event.clientY, size };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!start.current) return;
    const moved = (horizontal ? event.clientX : event.clientY) - start.current.at;
    resize(start.current.size + moved * sign(event.currentTarget));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.shiftKey ? STEP * 4 : STEP;
    const moved = { [horizontal ? "ArrowRight" : "ArrowDown"]: step, [horizontal ? "ArrowLeft" : "ArrowUp"]: -step }[event.key];
    if (moved) resize(size + moved * sign(event.currentTarget));
    else if (event.key === "Home") resize(min);
    else if (event.key === "End") resize(max);
    else return;
    event.preventDefault();
  };
  const pane = (which: "first" | "second", content: ReactNode) => (
    <div className="splitter-pane" style={which === sized ? { flex: `0 1 ${size}px` } : { flex: "1 1 0" }}>
      {content}
    </div>
  );
  return (
    <div className={classes("splitter", direction, className)}>
      {pane("first", first)}
      <div
        className="splitter-bar"
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={horizontal ? "vertical" : "horizontal"}
        aria-valuenow={size}
        aria-valuemin={min}
        aria-valuemax={max}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => (start.current = null)}
        onPointerCancel={() => (start.current = null)}
        onDoubleClick={() => resize(defaultSize)}
        onKeyDown={onKeyDown}
      />
      {pane("second", second)}
    </div>
  );
}

function kept(name: string | undefined): number | null {
  try {
    const read = name ? Number(localStorage.getItem(KEPT + name)) : 0;
    return Number.isFinite(read) && read > 0 ? read : null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing loses no more than the size. */
function keep(name: string | undefined, size: number): void {
  try {
    if (name) localStorage.setItem(KEPT + name, String(size));
  } catch {
    return;
  }
}
