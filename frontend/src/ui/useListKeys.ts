import { useEffect, useState, type KeyboardEvent } from "react";

/** Where the keyboard is in a list of `count` places, and the keys that move there. Enter picks. */
export function useListKeys(count: number, open: boolean, pick: (place: number) => void) {
  const [active, setActive] = useState(0);
  useEffect(() => {
    setActive((place) => Math.max(0, Math.min(place, count - 1)));
  }, [count]);
  /** True when the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open || count === 0) return false;
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: Math.min(count - 1, active + 8), PageUp: Math.max(0, active - 8) };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive((to + count) % count);
      return true;
    }
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return false;
    event.preventDefault();
    pick(active);
    return true;
  };
  return { active, setActive, onKey };
}
