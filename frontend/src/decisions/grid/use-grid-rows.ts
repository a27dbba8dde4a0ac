import { defaultRangeExtractor, observeElementRect, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import { HEAD, ROW } from "./columns";

export type GridRows = Virtualizer<HTMLDivElement, Element>;

/** Drawn where the place has no size yet. */
const FIRST = { width: 1_000, height: 600 };

/** The rows in sight with some around them, and the one that the keyboard is in, so that it keeps the focus. */
export function useGridRows(scroller: RefObject<HTMLDivElement | null>, count: number, cursor: number): GridRows {
  return useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    // The row behind all of them stays in sight.
    paddingEnd: ROW,
    scrollPaddingEnd: ROW,
    initialRect: FIRST,
    observeElementRect: (instance, tell) => observeElementRect(instance, (rect) => tell(rect.height > 0 ? rect : FIRST)),
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return cursor >= count || shown.includes(cursor) ? shown : [...shown, cursor].toSorted((one, other) => one - other);
    },
  });
}
