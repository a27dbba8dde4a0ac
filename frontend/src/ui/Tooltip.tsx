import { cloneElement, useEffect, useId, useLayoutEffect, useRef, useState, type FocusEvent, type PointerEvent, type ReactElement, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./Kbd";
import { placeBeside, type Side } from "./beside";
import { layerOf } from "./useLayer";
import "./tooltip.css";

const DELAY_MS = 450;
/** After one tooltip the neighbours show theirs at once for this long. */
const WARM_MS = 300;

let warmUntil = 0;

export interface TooltipProps {
  text: ReactNode;
  keys?: string | undefined;
  side?: Side | undefined;
  /** One element that can take the focus, with the events of an HTML element. */
  children: ReactElement<Handlers>;
}

interface Handlers {
  "aria-describedby"?: string | undefined;
  onPointerEnter?: ((event: PointerEvent<HTMLElement>) => void) | undefined;
  onPointerLeave?: ((event: PointerEvent<HTMLElement>) => void) | undefined;
  onPointerDown?: ((event: PointerEvent<HTMLElement>) => void) | undefined;
  onFocus?: ((event: FocusEvent<HTMLElement>) => void) | undefined;
  onBlur?: ((event: FocusEvent<HTMLElement>) => void) | undefined;
}

/** A short hint under pointer and focus. It is never the only place of what matters. */
export function Tooltip({ text, keys, side = "bottom", children }: TooltipProps) {
  const { anchor, show, hide } = useShown();
  const id = useId();
  const own = children.props;
  const trigger = cloneElement(children, {
    "aria-describedby": anchor ? id : own["aria-describedby"],
    onPointerEnter: (event) => (own.onPointerEnter?.(event), event.pointerType !== "touch" && show(event.currentTarget, performance.now() < warmUntil ? 0 : DELAY_MS)),
    onPointerLeave: (event) => (own.onPointerLeave?.(event), hide()),
    onPointerDown: (event) => (own.onPointerDown?.(event), hide()),
    onFocus: (event) => (own.onFocus?.(event), event.currentTarget.matches(":focus-visible") && show(event.currentTarget, 0)),
    onBlur: (event) => (own.onBlur?.(event), hide()),
  });
  return (
    <>
      {trigger}
      {anchor && <Tip id={id} anchor={anchor} side={side} text={text} keys={keys} hide={hide} />}
    </>
  );
}

function useShown() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (element: HTMLElement, delay: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(element), delay);
  };
  const hide = (): void => {
    clearTimeout(timer.current);
    if (anchor) warmUntil = performance.now() + WARM_MS;
    setAnchor(null);
  };
  return { anchor, show, hide };
}

interface TipProps {
  readonly id: string;
  readonly anchor: HTMLElement;
  readonly side: Side;
  readonly text: ReactNode;
  readonly keys: string | undefined;
  readonly hide: () => void;
}

function Tip({ id, anchor, side, text, keys, hide }: TipProps) {
  const tip = useRef<HTMLDivElement>(null);
  const latest = useRef(hide);
  useLayoutEffect(() => {
    latest.current = hide;
    if (!tip.current) return;
    // Above everything, and measured from the window whatever stands around it.
    tip.current.showPopover?.();
    const { x, y } = placeBeside(anchor.getBoundingClientRect(), tip.current.getBoundingClientRect(), side, { width: innerWidth, height: innerHeight });
    Object.assign(tip.current.style, { left: `${x}px`, top: `${y}px` });
  });
  useEffect(() => {
    const away = (): void => latest.current();
    const press = ({ key }: KeyboardEvent): void => void (key === "Escape" && away());
    addEventListener("keydown", press, true);
    addEventListener("scroll", away, true);
    return () => {
      removeEventListener("keydown", press, true);
      removeEventListener("scroll", away, true);
    };
  }, []);
  const shown = (
    <div ref={tip} id={id} role="tooltip" className="tooltip" popover="manual">
      {text}
      {keys && <Kbd keys={keys} />}
    </div>
  );
  return createPortal(shown, layerOf(anchor) ?? document.body);
}
