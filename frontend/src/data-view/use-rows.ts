import { observeElementRect, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

/** Drawn where the place has no height yet, as inside of what is just being opened. */
const FIRST_HEIGHT = 400;

interface RowsOptions {
  readonly count: number;
  readonly height: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Of what stands above the rows and stays in sight, as a table's head does. */
  readonly head?: number;
}

/** The rows of one height that are in sight, with some around them. */
export function useRows({ count, height, scroller, head = 0 }: RowsOptions): Virtualizer<HTMLDivElement, Element> {
  return useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: head,
    scrollPaddingStart: head,
    initialRect: { width: 0, height: FIRST_HEIGHT },
    observeElementRect: (instance, tell) => observeElementRect(instance, (rect) => tell(rect.height > 0 ? rect : { ...rect, height: FIRST_HEIGHT })),
  });
}
