/** Chooses a workflow of the organization by its id. */
import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";
import { _ } from "../../../lib/i18n";
import type { Option } from "../../../ui/Combobox";
import { useDesigner } from "../../model/designer";
import { MOST_FOUND, ReferencePicker, type ReferenceProps } from "./ReferencePicker";

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

export function WorkflowPicker(props: ReferenceProps) {
  const { value } = props;
  const { workflow } = useDesigner().props;
  const isId = ID.test(value);
  const known = useQuery({
    queryKey: ["workflow-name", value],
    enabled: isId,
    queryFn: async () => (await api.GET("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: value } } })).data?.name ?? "",
  });
  const search = async (text: string, signal: AbortSignal): Promise<readonly Option[]> => {
    const { data } = await api.GET("/api/v1/workflows/", { params: { query: { limit: MOST_FOUND, ...(text ? { search: text } : {}) } }, signal });
    return (data?.items ?? []).filter(({ id }) => id !== workflow.id).map(({ id, name, slug }) => ({ value: id, label: name, note: slug }));
  };
  return (
    <ReferencePicker {...props} valueLabel={known.data || value} placeholder={_("Search a workflow…")} search={search} href={isId ? `/workflows/${value}/` : ""} isMissing={known.isError} />
  );
}
