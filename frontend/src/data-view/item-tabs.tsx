/** The two ways to look at items that every place has: a table, and JSON. */
import type { ReactNode } from "react";
import type { TabItem } from "../ui/Tabs";
import { ItemTable, type ItemTableProps } from "./ItemTable";
import { JsonTree, type JsonTreeProps } from "./JsonTree";

export interface ItemTabsProps {
  readonly label: string;
  readonly rows: ItemTableProps["rows"];
  /** Position of each row among all items, from 0; without it rows are not filtered. */
  readonly positions?: readonly number[] | undefined;
  readonly search?: string | undefined;
  /** What the tabs are called. */
  readonly words: { readonly table: string; readonly json: string };
  /** Stands in the place of both, as when nothing was found. */
  readonly instead?: ReactNode;
  readonly table?: Pick<ItemTableProps, "noFields" | "actions">;
  readonly tree?: Pick<JsonTreeProps, "onCurrent" | "onChoose" | "onDragStart">;
}

export function itemTabs({ label, rows, positions, search, words, instead, table, tree }: ItemTabsProps): readonly [TabItem<"table">, TabItem<"json">] {
  const names = rows.map((_row, at) => (positions?.[at] ?? at) + 1);
  return [
    { id: "table", label: words.table, content: instead ?? <ItemTable label={label} rows={rows} positions={positions} search={search} {...table} /> },
    { id: "json", label: words.json, content: instead ?? <JsonTree label={label} values={rows} names={names} search={search} {...tree} /> },
  ];
}
