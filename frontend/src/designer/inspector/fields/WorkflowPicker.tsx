/** Chooses a workflow of the organization, found by name; leads to the one that is chosen. */
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { api } from "../../../api/client";
import { _ } from "../../../lib/i18n";
import { Combobox, type Option } from "../../../ui/Combobox";
import { useDesigner } from "../../model/designer";

const MOST = 20;
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

interface Props {
  /** The id; empty for none. An expression is shown as it is. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly label: string;
  readonly readOnly?: boolean;
}

export function WorkflowPicker({ value, onChange, label, readOnly = false }: Props) {
  const { workflow } = useDesigner().props;
  const isId = ID.test(value);
  const known = useQuery({
    queryKey: ["workflow-name", value],
    enabled: isId,
    queryFn: async () => (await api.GET("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: value } } })).data?.name ?? "",
  });
  const search = async (text: string, signal: AbortSignal): Promise<readonly Option[]> => {
    const { data } = await api.GET("/api/v1/workflows/", { params: { query: { limit: MOST, ...(text ? { search: text } : {}) } }, signal });
    return (data?.items ?? []).filter(({ id }) => id !== workflow.id).map(({ id, name, slug }) => ({ value: id, label: name, note: slug }));
  };
  return (
    <div className="workflow-field">
      <Combobox aria-label={label} value={value} onChange={onChange} options={search} valueLabel={known.data || value} placeholder={_("Search a workflow…")} disabled={readOnly} />
      {isId && !known.isError && (
        <a className="button ghost icon" href={`/workflows/${value}/`} target="_blank" rel="noopener" aria-label={_("Open this workflow in a new tab")}>
          <ExternalLink size={14} aria-hidden="true" />
        </a>
      )}
      {known.isError && <p className="parameter-problem">{_("This workflow is not there any more, or not yours to see.")}</p>}
    </div>
  );
}
