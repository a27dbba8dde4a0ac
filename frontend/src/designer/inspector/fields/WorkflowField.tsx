/** A workflow of the organization, found by name. */
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { api } from "../../../api/client";
import { _ } from "../../../lib/i18n";
import { Combobox, type Option } from "../../../ui/Combobox";
import { useDesigner } from "../../model/designer";
import { useForm } from "../form/form-context";
import type { ControlProps } from "./Control";

const MOST = 20;
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

export function WorkflowField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const { workflow } = useDesigner().props;
  const value = typeof slot.value === "string" ? slot.value : "";
  const known = useQuery({
    queryKey: ["workflow-name", value],
    enabled: ID.test(value),
    queryFn: async () => (await api.GET("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: value } } })).data?.name ?? "",
  });
  const search = async (text: string, signal: AbortSignal): Promise<readonly Option[]> => {
    const { data } = await api.GET("/api/v1/workflows/", { params: { query: { limit: MOST, ...(text ? { search: text } : {}) } }, signal });
    return (data?.items ?? []).filter(({ id }) => id !== workflow.id).map(({ id, name, slug }) => ({ value: id, label: name, note: slug }));
  };
  return (
    <div className="workflow-field">
      <Combobox aria-label={parameter.display_name} value={value} onChange={(id) => slot.set(id || null)} options={search} valueLabel={known.data || value} placeholder={_("Search a workflow…")} disabled={readOnly} />
      {ID.test(value) && !known.isError && (
        <a className="button ghost icon" href={`/workflows/${value}/`} target="_blank" rel="noopener" aria-label={_("Open this workflow in a new tab")}>
          <ExternalLink size={14} aria-hidden="true" />
        </a>
      )}
      {known.isError && <p className="parameter-problem">{_("This workflow is not there any more, or not yours to see.")}</p>}
    </div>
  );
}
