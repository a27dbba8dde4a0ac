/** What every part of the designer works with: the document, the catalogue, who is here and what they may do. */
import type { QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { workflowResource, workflowState, type OpenDocument, type WorkflowState } from "../../doc";
import { openInPage, pageQueries } from "../../document/open-in-page";
import { loadCatalogue, type Catalogue } from "../catalogue/catalogue";
import type { DesignerProps } from "./props";

export interface Designer {
  readonly props: DesignerProps;
  readonly document: OpenDocument<WorkflowState>;
  readonly catalogue: Catalogue;
  readonly queries: QueryClient;
}

function openWorkflow({ workflow, person }: DesignerProps): Promise<OpenDocument<WorkflowState>> {
  const place = { collection: "workflows", id: workflow.id, person: person.id } as const;
  return openInPage({ ...place, resource: workflowResource, read: workflowState }, "workflow");
}

export async function openDesigner(props: DesignerProps): Promise<Designer> {
  const [document, catalogue] = await Promise.all([openWorkflow(props), loadCatalogue()]);
  return { props, document, catalogue, queries: pageQueries() };
}

export const DesignerContext = createContext<Designer | null>(null);

export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (!designer) throw new Error("This part stands outside of a designer.");
  return designer;
}
