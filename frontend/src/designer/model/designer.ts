/** What every part of the designer works with: the document, the catalogue, who is here and what they may do. */
import { QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import {
  httpTransport,
  lockClaims,
  MemoryStorage,
  openDocument,
  openIndexedDb,
  workflowResource,
  workflowState,
  type OpenDocument,
  type WorkflowState,
} from "../../doc";
import { asksBeforeLoss } from "./leaving";
import { loadCatalogue, type Catalogue } from "../catalogue/catalogue";
import type { DesignerProps } from "./props";

export interface Designer {
  readonly props: DesignerProps;
  readonly document: OpenDocument<WorkflowState>;
  readonly catalogue: Catalogue;
  readonly queries: QueryClient;
}

const POLL_MS = 5_000;
const STALE_MS = 10_000;

async function openWorkflow({ workflow, person }: DesignerProps): Promise<OpenDocument<WorkflowState>> {
  const tabKey = `client/${workflow.id}`;
  // Without it (a private window) all works but leaving while something waits.
  const kept = await openIndexedDb().catch(() => null);
  const opened = await openDocument({
    resource: workflowResource,
    read: workflowState,
    transport: httpTransport(workflow.id),
    storage: kept ?? new MemoryStorage(),
    claims: "locks" in navigator ? lockClaims(navigator.locks) : null,
    document: `${person.id}/workflow/${workflow.id}`,
    clientId: sessionStorage.getItem(tabKey),
    pollMilliseconds: POLL_MS,
  });
  sessionStorage.setItem(tabKey, opened.clientId);
  const stopAsking = asksBeforeLoss(opened, kept !== null);
  return { ...opened, close: () => (stopAsking(), opened.close()) };
}

export async function openDesigner(props: DesignerProps): Promise<Designer> {
  const [document, catalogue] = await Promise.all([openWorkflow(props), loadCatalogue()]);
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: STALE_MS, retry: 1 } } });
  return { props, document, catalogue, queries };
}

export const DesignerContext = createContext<Designer | null>(null);

export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (!designer) throw new Error("This part stands outside of a designer.");
  return designer;
}
