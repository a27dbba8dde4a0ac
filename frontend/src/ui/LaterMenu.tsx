import { cloneElement, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactElement } from "react";
import { useLater } from "../lib/later";
import type { MenuProps } from "./Menu";

interface Trigger {
  autoFocus?: boolean | undefined;
  "aria-haspopup"?: "menu" | undefined;
  "aria-expanded"?: boolean | undefined;
  onFocus?: ((event: { currentTarget: HTMLElement }) => void) | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
}

export interface LaterMenuProps extends Omit<MenuProps, "open" | "onOpenChange" | "trigger"> {
  trigger: ReactElement<Trigger>;
  /** Hears of it when the menu could not be loaded. */
  onFail: () => void;
}

const loadMenu = () => import("./Menu").then(({ Menu }) => Menu);

/** A `Menu` for a page that should stand at once: what opens it is there from the beginning, the menu comes later. */
export function LaterMenu({ onFail, trigger, ...menu }: LaterMenuProps) {
  const [wanted, setWanted] = useState(false);
  const button = useRef<HTMLElement>(null);
  const Menu = useLater(loadMenu, wanted, () => (setWanted(false), onFail()));
  if (!Menu) {
    const open = (): void => setWanted(true);
    return cloneElement(trigger, {
      "aria-haspopup": "menu",
      "aria-expanded": false,
      onFocus: ({ currentTarget }) => void (button.current = currentTarget),
      onClick: open,
      onKeyDown: (event) => void (event.key === "ArrowDown" && (event.preventDefault(), open())),
    });
  }
  // The menu brings a button of its own: who was on the former one is on this one.
  const hadFocus = button.current !== null && document.activeElement === button.current;
  return <Menu {...menu} defaultOpen={wanted} trigger={hadFocus ? cloneElement(trigger, { autoFocus: true }) : trigger} />;
}
