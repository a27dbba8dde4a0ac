/** What every part of the table designer works with: the document, who is here and what they may do. */
import type { QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { tableResource, tableState, type OpenDocument, type TableState } from "../../doc";
import { openInPage, pageQueries } from "../../document/open-in-page";
import type { TableDesignerProps } from "./props";

export interface TableModel {
  readonly props: TableDesignerProps;
  readonly document: OpenDocument<TableState>;
  readonly queries: QueryClient;
}

export async function openTable(props: TableDesignerProps): Promise<TableModel> {
  const place = { collection: "decision-tables", id: props.table.id, person: props.person.id } as const;
  const document = await openInPage({ ...place, resource: tableResource, read: tableState }, "decision_table");
  return { props, document, queries: pageQueries() };
}

export const TableContext = createContext<TableModel | null>(null);

export function useTableModel(): TableModel {
  const model = useContext(TableContext);
  if (!model) throw new Error("This part stands outside of a table designer.");
  return model;
}
