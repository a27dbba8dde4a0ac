import { useCallback, useState } from "react";

/**
 * Where floating parts go in the page: into the dialog around their anchor, or else into the main part.
 * A dialog lets only what is inside of it scroll, and screen readers expect everything within a landmark.
 */
export function layerOf(anchor: Element | null): HTMLElement | null {
  return anchor?.closest<HTMLElement>("[role=dialog]") ?? document.querySelector("main");
}

/** The layer of an element, and the ref that goes on it. */
export function useLayer(): readonly [layer: HTMLElement | null, anchor: (element: Element | null) => void] {
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const anchor = useCallback((element: Element | null) => {
    if (element) setLayer(layerOf(element));
  }, []);
  return [layer, anchor];
}
