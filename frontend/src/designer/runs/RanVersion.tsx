/** Finds out whether the draft is still what ran. */
import { useQuery } from "@tanstack/react-query";
import { useAtomValue, useSetAtom } from "jotai";
import { useEffect } from "react";
import { api } from "../../api/client";
import { workflowState, type Json, type WorkflowState } from "../../doc";
import { useDesigner } from "../model/designer";
import { ranDefinitionAtom, runFactsAtom, shownRunAtom } from "./atoms";
import { keys } from "./keys";
import { sameGraph } from "./same-graph";

async function readVersion(workflow_id: string, number: number): Promise<WorkflowState> {
  const path = { workflow_id, number };
  const { data } = await api.GET("/api/v1/workflows/{workflow_id}/versions/{number}/", { params: { path } });
  return workflowState((data?.definition ?? null) as Json);
}

export function RanVersion() {
  const { props, document } = useDesigner();
  const facts = useAtomValue(runFactsAtom);
  const shown = useAtomValue(shownRunAtom);
  const setRan = useSetAtom(ranDefinitionAtom);
  const number = shown?.origin === "past" ? (facts?.version ?? 0) : 0;
  // A version that ran is sealed: it stays as it is.
  const { data } = useQuery({
    queryKey: keys.version(props.workflow.id, number),
    queryFn: () => readVersion(props.workflow.id, number),
    enabled: number > 0,
    staleTime: Infinity,
  });
  useEffect(() => {
    if (!data) return setRan(null);
    const look = (): void => setRan(sameGraph(data, document.store.state()) ? null : data);
    look();
    return document.store.subscribe(look);
  }, [data, document, setRan]);
  return null;
}
