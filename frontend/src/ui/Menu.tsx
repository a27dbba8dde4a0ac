import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement } from "react";
import { MenuEntries, type MenuEntry } from "./menu-entries";
import { useLayer } from "./useLayer";

export type { MenuEntry, MenuHeading, MenuItem } from "./menu-entries";

export interface MenuProps {
  items: readonly MenuEntry[];
  /** The button that opens it. */
  trigger: ReactElement;
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  open?: boolean | undefined;
  /** Open from the beginning, and then as people wish. */
  defaultOpen?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
}

/** A menu that opens from a button; arrows, letters, Home, End and Escape do what they should. */
export function Menu({ items, trigger, align = "end", side = "bottom", open, defaultOpen = false, onOpenChange }: MenuProps) {
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange ? { onOpenChange } : {}) };
  const [layer, anchor] = useLayer();
  return (
    <Radix.Root {...control} defaultOpen={defaultOpen} modal={false}>
      <Radix.Trigger asChild ref={anchor}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal container={layer}>
        <Radix.Content className="menu-panel floating" align={align} side={side} sideOffset={6} collisionPadding={8}>
          <MenuEntries items={items} layer={layer} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
