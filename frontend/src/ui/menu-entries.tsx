import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { ariaKeys, Kbd } from "./Kbd";
import { classes } from "./classes";
import "./menu.css";

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  /** The shortcut that does the same, as `Mod+D`; shown, not bound. */
  keys?: string | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Shows whether it is on; without it the item is no check item. */
  checked?: boolean | undefined;
  onSelect?: (() => void) | undefined;
  /** A menu of its own. */
  items?: readonly MenuEntry[] | undefined;
}

export interface MenuHeading {
  heading: string;
}

/** What a menu is made of; a list of it describes a whole menu. */
export type MenuEntry = MenuItem | MenuHeading | "separator";

/** The entries of a menu, inside of a Radix menu's content. */
export function MenuEntries({ items, layer }: { items: readonly MenuEntry[]; layer: HTMLElement | null }) {
  return items.map((entry, index) => <Entry key={index} entry={entry} layer={layer} />);
}

function Entry({ entry, layer }: { entry: MenuEntry; layer: HTMLElement | null }) {
  if (entry === "separator") return <Radix.Separator className="menu-line" />;
  if ("heading" in entry) return <Radix.Label className="note">{entry.heading}</Radix.Label>;
  if (entry.items) return <Submenu item={entry} items={entry.items} layer={layer} />;
  const shared = {
    className: classes("menu-item", entry.danger && "danger"),
    disabled: entry.disabled ?? false,
    onSelect: () => entry.onSelect?.(),
    ...(entry.keys ? { "aria-keyshortcuts": ariaKeys(entry.keys) } : {}),
  };
  if (entry.checked === undefined) {
    return (
      <Radix.Item {...shared}>
        <Content item={entry} />
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem {...shared} checked={entry.checked}>
      <Content item={entry} />
      <span className="check">{entry.checked && <Check size={14} aria-hidden="true" />}</span>
    </Radix.CheckboxItem>
  );
}

function Content({ item }: { item: MenuItem }) {
  return (
    <>
      {item.icon}
      <span className="menu-label">{item.label}</span>
      {item.keys && <Kbd keys={item.keys} />}
    </>
  );
}

function Submenu({ item, items, layer }: { item: MenuItem; items: readonly MenuEntry[]; layer: HTMLElement | null }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className="menu-item" disabled={item.disabled ?? false}>
        <Content item={item} />
        <ChevronRight className="menu-more" size={14} aria-hidden="true" />
      </Radix.SubTrigger>
      <Radix.Portal container={layer}>
        <Radix.SubContent className="menu-panel floating" sideOffset={2} collisionPadding={8}>
          <MenuEntries items={items} layer={layer} />
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}
