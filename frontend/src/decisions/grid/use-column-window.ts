/** Where columns stand, and which of them are in sight. */
import { defaultRangeExtractor, observeElementRect, useVirtualizer } from "@tanstack/react-virtual";
import { useAtomValue } from "jotai";
import { useEffect, useMemo, type RefObject } from "react";
import { GUTTER, type GridColumn } from "./columns";
import { widthOf, widthsAtom } from "./widths";

/** A column in sight: its place among all, where it begins behind the rule's number, and how wide it is. */
export interface ColumnPlace {
  readonly at: number;
  readonly start: number;
  readonly width: number;
}

export interface ColumnWindow {
  /** In sight; the same list until something moves. */
  readonly cells: readonly ColumnPlace[];
  readonly all: readonly ColumnPlace[];
  readonly total: number;
  readonly show: (column: number) => void;
}

const FIRST = { width: 1_000, height: 600 };

export function useColumnWindow(scroller: RefObject<HTMLDivElement | null>, columns: readonly GridColumn[], cursor: number): ColumnWindow {
  const widths = useAtomValue(widthsAtom);
  const all = useMemo(() => placesOf(columns.map((column) => widthOf(column, widths))), [columns, widths]);
  const list = useVirtualizer<HTMLDivElement, Element>({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => all[at]?.width ?? 0,
    overscan: 2,
    paddingStart: GUTTER,
    scrollPaddingStart: GUTTER,
    isRtl: document.dir === "rtl",
    initialRect: FIRST,
    observeElementRect: (instance, tell) => observeElementRect(instance, (rect) => tell(rect.width > 0 ? rect : FIRST)),
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return cursor >= columns.length || shown.includes(cursor) ? shown : [...shown, cursor].toSorted((one, other) => one - other);
    },
  });
  useEffect(() => list.measure(), [list, all]);
  const shown = list.getVirtualItems().map(({ index }) => index).join();
  const cells = useMemo(() => (shown === "" ? [] : shown.split(",").flatMap((index) => all[Number(index)] ?? [])), [shown, all]);
  const last = all.at(-1);
  return { cells, all, total: last ? last.start + last.width : 0, show: (column) => list.scrollToIndex(column, { align: "auto" }) };
}

function placesOf(widths: readonly number[]): readonly ColumnPlace[] {
  let start = 0;
  return widths.map((width, at) => {
    const place = { at, start, width };
    start += width;
    return place;
  });
}
