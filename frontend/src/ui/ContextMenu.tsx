import { DropdownMenu as Radix } from "radix-ui";
import { useLayoutEffect, useRef, useState, type MouseEvent, type ReactNode } from "react";
import { MenuEntries, type MenuEntry } from "./menu-entries";
import { useFocusReturn } from "./useFocusReturn";
import { useLayer } from "./useLayer";

export interface Point {
  x: number;
  y: number;
}

export interface MenuAtProps {
  /** In the window; null is closed. */
  point: Point | null;
  items: readonly MenuEntry[];
  /** What the menu is about, for screen readers. */
  label: string;
  onClose: () => void;
}

/** A menu at a point of the window. The focus goes back to where it was. */
export function MenuAt({ point, items, label, onClose }: MenuAtProps) {
  const [layer, anchor] = useLayer();
  const focus = useFocusReturn();
  const giveBack = (event: Event) => {
    event.preventDefault();
    // What an item focused or opened keeps the focus.
    if (!document.activeElement || document.activeElement === document.body) focus.giveBack();
  };
  // Before the menu takes the focus.
  useLayoutEffect(() => {
    if (point) focus.remember();
  }, [point !== null]);
  return (
    <Radix.Root open={point !== null} onOpenChange={(open) => !open && onClose()} modal={false}>
      <Radix.Trigger asChild>
        <span ref={anchor} className="menu-anchor" aria-hidden="true" tabIndex={-1} style={{ left: point?.x ?? 0, top: point?.y ?? 0 }} />
      </Radix.Trigger>
      <Radix.Portal container={layer}>
        <Radix.Content className="menu-panel floating" align="start" sideOffset={2} collisionPadding={8} aria-label={label} aria-labelledby={undefined} onCloseAutoFocus={giveBack}>
          <MenuEntries items={items} layer={layer} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface ContextMenuProps {
  /** A function is asked when the menu opens; an empty list leaves the browser's own menu. */
  items: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

/** Around a part of the page: the right button, the menu key and Shift+F10 open its menu. */
export function ContextMenu({ items, label, className, children }: ContextMenuProps) {
  const { menu, onContextMenu } = useContextMenu(items, label);
  return (
    <div className={className ?? "context-area"} onContextMenu={onContextMenu}>
      {children}
      {menu}
    </div>
  );
}

/** The parts of a context menu: `openAt` opens it from a program, `onContextMenu` goes on any element, `menu` is shown somewhere. */
export function useContextMenu(items: ContextMenuProps["items"], label: string) {
  const [shown, setShown] = useState<{ point: Point; items: readonly MenuEntry[] } | null>(null);
  const last = useRef<readonly MenuEntry[]>([]);
  const openAt = (point: Point): boolean => {
    const entries = typeof items === "function" ? items() : items;
    if (entries.length === 0) return false;
    last.current = entries;
    setShown({ point, items: entries });
    return true;
  };
  const onContextMenu = (event: MouseEvent) => {
    if (isText(event.target) || !openAt(pointOf(event))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const menu = <MenuAt point={shown?.point ?? null} items={shown?.items ?? last.current} label={label} onClose={() => setShown(null)} />;
  return { menu, openAt, onContextMenu };
}

/** Where the pointer is; from the keyboard, the corner of what has the focus. */
function pointOf(event: MouseEvent): Point {
  if (event.button === 2 && (event.clientX || event.clientY)) return { x: event.clientX, y: event.clientY };
  const box = (event.target as Element).getBoundingClientRect();
  return { x: box.left + Math.min(box.width, 24), y: box.top + Math.min(box.height, 24) };
}

/** In text fields the browser's menu has paste and spelling. */
function isText(target: EventTarget): boolean {
  return target instanceof Element && target.closest("input, textarea, [contenteditable=true]") !== null;
}
