/** The columns of the grid: those of the table, and what stands beside the rules. Pure. */
import { labelOf, type ColumnState, type RuleState, type Side, type TableState } from "../../doc";
import { _ } from "../../lib/i18n";
import type { BesideColumn } from "../state/beside";

export type GridColumn =
  | { readonly kind: "cell"; readonly key: string; readonly side: Side; readonly column: ColumnState }
  | { readonly kind: "priority"; readonly key: "priority" }
  | { readonly kind: "beside"; readonly key: string; readonly beside: BesideColumn }
  | { readonly kind: "annotation"; readonly key: "annotation" };

export const ROW = 32;
/** Two lines of head: which side, and which column. */
export const HEAD_GROUP = 24;
export const HEAD_COLUMN = 46;
export const HEAD = HEAD_GROUP + HEAD_COLUMN;
/** Number and handle of a rule; always in sight. */
export const GUTTER = 56;
export const LEAST_WIDTH = 56;
export const MOST_WIDTH = 640;

export function keyOf(side: Side, name: string): string {
  return `${side === "input_columns" ? "in" : "out"}:${name}`;
}

export function usualWidth(column: GridColumn): number {
  switch (column.kind) {
    case "cell":
      return 148;
    case "priority":
      return 84;
    case "beside":
      return 92;
    case "annotation":
      return 240;
  }
}

/** Whether rules say their priority themselves, or it counts for this table. */
function hasPriorities({ rules, hit_policy: policy }: TableState): boolean {
  return policy === "PRIORITY" || rules.some((rule) => rule["priority"] !== undefined);
}

export function gridColumns(table: TableState, beside: readonly BesideColumn[]): readonly GridColumn[] {
  const cells = (side: Side) => table[side].map((column): GridColumn => ({ kind: "cell", key: keyOf(side, column.name), side, column }));
  return [
    ...(hasPriorities(table) ? [{ kind: "priority", key: "priority" } as const] : []),
    ...cells("input_columns"),
    ...cells("output_columns"),
    ...beside.map((each): GridColumn => ({ kind: "beside", key: `beside:${each.id}`, beside: each })),
    { kind: "annotation", key: "annotation" },
  ];
}

export function sameColumns(left: readonly GridColumn[], right: readonly GridColumn[]): boolean {
  return left.length === right.length && left.every((column, at) => sameColumn(column, right[at]));
}

function sameColumn(left: GridColumn, right: GridColumn | undefined): boolean {
  if (left.key !== right?.key) return false;
  if (left.kind === "cell") return right.kind === "cell" && left.column === right.column;
  return left.kind !== "beside" || (right.kind === "beside" && left.beside === right.beside);
}

export function titleOf(column: GridColumn): string {
  switch (column.kind) {
    case "cell":
      return labelOf(column.column);
    case "priority":
      return _("Priority");
    case "beside":
      return column.beside.label;
    case "annotation":
      return _("Annotation");
  }
}

export function isEditable(column: GridColumn | undefined): boolean {
  return column !== undefined && column.kind !== "beside";
}

/** A rule that asks nothing and answers nothing. */
export function blankRule(id: string): RuleState {
  return { id, conditions: [], outputs: {} };
}
