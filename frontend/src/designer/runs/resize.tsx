/** The height of the panel under the canvas, changed by its upper edge. */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { _ } from "../../lib/i18n";

const KEPT = "exprsn.split.designer-bottom";
const LEAST = 120;
const USUAL = 260;
const STEP = 16;

export interface Height {
  readonly size: number;
  readonly set: (wanted: number) => void;
}

const most = (): number => Math.max(LEAST, Math.round(innerHeight * 0.7));
const within = (wanted: number): number => Math.round(Math.min(most(), Math.max(LEAST, wanted)));

export function useHeight(): Height {
  const [size, setSize] = useState(() => within(kept() ?? USUAL));
  const set = (wanted: number): void => {
    setSize(within(wanted));
    keep(within(wanted));
  };
  return { size, set };
}

export function ResizeBar({ height: { size, set } }: { readonly height: Height }) {
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: event.clientY, size };
  };
  const press = (event: KeyboardEvent): void => {
    const wanted: Readonly<Record<string, number>> = { ArrowUp: size + STEP, ArrowDown: size - STEP, Home: LEAST, End: most() };
    const next = wanted[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };
  return (
    <div
      className="runs-resize"
      role="separator"
      tabIndex={0}
      aria-label={_("Height of the panel")}
      aria-orientation="horizontal"
      aria-valuenow={size}
      aria-valuemin={LEAST}
      aria-valuemax={most()}
      onPointerDown={down}
      onPointerMove={(event) => start.current && set(start.current.size + start.current.at - event.clientY)}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      onDoubleClick={() => set(USUAL)}
      onKeyDown={press}
    />
  );
}

function kept(): number | null {
  try {
    return Number(localStorage.getItem(KEPT)) || null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing loses no more than the height. */
function keep(size: number): void {
  try {
    localStorage.setItem(KEPT, String(size));
  } catch {
    return;
  }
}
