import { useRef } from "react";

const LENGTH = 12;
/** What floats goes when it has served: it is no place to go back to. */
const FLOATING = "[data-radix-popper-content-wrapper]";

/** What had the focus, the latest first. Where it was may be gone later, as the item of a menu that opened a dialog. */
let trail: readonly Element[] = alreadyFocused();

/** This file may be loaded late, with the first dialog: who opened that has the focus by then. */
function alreadyFocused(): readonly Element[] {
  const focused = globalThis.document?.activeElement;
  return focused && focused !== document.body ? [focused] : [];
}

globalThis.document?.addEventListener(
  "focusin",
  ({ target }) => {
    if (target instanceof Element) trail = [target, ...trail.filter((element) => element !== target)].slice(0, LENGTH);
  },
  true,
);

/** Where the focus was before something opened, and the way back to the latest place that is still there. */
export function useFocusReturn() {
  const places = useRef<readonly Element[]>([]);
  const remember = () => {
    places.current = trail;
  };
  const giveBack = () => {
    // Closing may have led somewhere on purpose.
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const place = places.current.find((element) => element.isConnected && !element.closest(FLOATING));
    if (place instanceof HTMLElement || place instanceof SVGElement) place.focus();
    places.current = [];
  };
  return { remember, giveBack };
}
