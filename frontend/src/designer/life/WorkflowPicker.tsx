/** Chooses a workflow of the organization by name. */
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { _ } from "../../lib/i18n";
import { Select } from "../../ui/Select";
import { useDesigner } from "../model/designer";

const MOST = 200;

interface Props {
  /** The id; empty for none. */
  readonly value: string;
  readonly onChange: (id: string) => void;
}

export function WorkflowPicker({ value, onChange }: Props) {
  const { id } = useDesigner().props.workflow;
  const { data = [] } = useQuery({
    queryKey: ["workflow-names"],
    queryFn: async () => (await api.GET("/api/v1/workflows/", { params: { query: { limit: MOST, ordering: "name" } } })).data?.items ?? [],
  });
  const others = data.filter((each) => each.id !== id).map((each) => ({ value: each.id, label: each.name }));
  const gone = value !== "" && data.length > 0 && !others.some((each) => each.value === value);
  return <Select value={value} onChange={onChange} options={[{ value: "", label: _("Nothing") }, ...(gone ? [{ value, label: value }] : []), ...others]} />;
}
