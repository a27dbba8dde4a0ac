/** What the server says about the draft. */
import { api } from "../../api/client";
import type { Designer } from "../model/designer";
import type { Fault } from "../state/faults";

export async function checkDraft({ props }: Designer, signal?: AbortSignal): Promise<readonly Fault[]> {
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/validate/", {
    params: { path: { workflow_id: props.workflow.id } },
    body: {},
    ...(signal ? { signal } : {}),
  });
  return data?.faults ?? [];
}
