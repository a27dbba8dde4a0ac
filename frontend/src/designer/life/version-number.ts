/** The number of the version that the draft is in. Editing begins a new one now and then, so it is asked for after saving. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../../api/client";
import { useDesigner } from "../model/designer";
import { useSaving } from "../model/hooks";

const AFTER_MS = 1_500;

export const versionKey = (id: string) => ["version-number", id] as const;

async function newest(id: string): Promise<number | null> {
  const params = { path: { workflow_id: id }, query: { limit: 1 } };
  const { data } = await api.GET("/api/v1/workflows/{workflow_id}/versions/", { params });
  return data?.items[0]?.number ?? null;
}

export function useVersionNumber(): number | null {
  const { props, queries } = useDesigner();
  const { id, version } = props.workflow;
  const { kind } = useSaving();
  useEffect(() => {
    if (kind !== "saved") return;
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: versionKey(id) }), AFTER_MS);
    return () => clearTimeout(timer);
  }, [kind, id, queries]);
  const { data } = useQuery({ queryKey: versionKey(id), queryFn: () => newest(id), initialData: version, staleTime: Infinity });
  return data;
}
