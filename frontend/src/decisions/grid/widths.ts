/** Widths of columns, kept by this browser for each table. */
import { atom } from "jotai";
import { LEAST_WIDTH, MOST_WIDTH, usualWidth, type GridColumn } from "./columns";

export type Widths = Readonly<Record<string, number>>;
export const widthsAtom = atom<Widths>({});

const nameOf = (table: string): string => `exprsn.table.${table}.widths`;

export function keptWidths(table: string): Widths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(table)) ?? "{}");
    return Object.fromEntries(Object.entries(kept ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === "number"));
  } catch {
    return {};
  }
}

/** A browser that keeps nothing loses no more than the widths. */
export function keepWidths(table: string, widths: Widths): void {
  try {
    localStorage.setItem(nameOf(table), JSON.stringify(widths));
  } catch {
    return;
  }
}

export function widthOf(column: GridColumn, widths: Widths): number {
  return withinWidth(widths[column.key] ?? usualWidth(column));
}

export function withinWidth(wanted: number): number {
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, wanted)));
}
