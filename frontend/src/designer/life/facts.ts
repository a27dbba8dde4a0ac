/** What is true of the workflow as a whole: name, status, versions. The document is elsewhere (`model/`). */
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { components } from "../../api/schema";
import { useDesigner, type Designer } from "../model/designer";
import type { WorkflowFacts } from "../model/props";

type Answer = components["schemas"]["Workflow"];

export const factsKey = (id: string) => ["workflow", id] as const;

export function factsOf(answer: Answer): WorkflowFacts {
  const { id, name, slug, description, status, environment, version, published_version, tags, folder } = answer;
  return { id, name, slug, description, status, environment, version, published_version, tags: tags as readonly string[], folder };
}

async function load(id: string): Promise<WorkflowFacts> {
  const { data } = await api.GET("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: id } } });
  if (!data) throw new Error("The workflow came without a body.");
  return factsOf(data);
}

export function useFacts(): WorkflowFacts {
  const { workflow } = useDesigner().props;
  const { data } = useQuery({ queryKey: factsKey(workflow.id), queryFn: () => load(workflow.id), initialData: workflow, staleTime: Infinity });
  return data;
}

/** As they are known at this moment, for commands. */
export function factsNow({ queries, props }: Designer): WorkflowFacts {
  return queries.getQueryData<WorkflowFacts>(factsKey(props.workflow.id)) ?? props.workflow;
}

/** What a request answered is how the workflow is now. */
export function keepFacts(queries: QueryClient, answer: Answer | undefined): void {
  if (answer) queries.setQueryData(factsKey(answer.id), factsOf(answer));
}

export function refreshFacts({ queries, props }: Designer): Promise<void> {
  return queries.invalidateQueries({ queryKey: factsKey(props.workflow.id) });
}
