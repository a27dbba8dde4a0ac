/** A parameter that names a decision table: by its name, which stays the same in another installation. */
import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";
import { _ } from "../../../lib/i18n";
import type { Option } from "../../../ui/Combobox";
import { useForm } from "../form/form-context";
import type { ControlProps } from "./Control";
import { MOST_FOUND, ReferencePicker } from "./ReferencePicker";

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

async function tables(text: string, signal: AbortSignal) {
  const { data } = await api.GET("/api/v1/decision-tables/", { params: { query: { limit: MOST_FOUND, ...(text ? { search: text } : {}) } }, signal });
  return data?.items ?? [];
}

async function search(text: string, signal: AbortSignal): Promise<readonly Option[]> {
  return (await tables(text, signal)).map(({ name, label }) => ({ value: name, label: label || name, note: name }));
}

export function DecisionTableField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const value = typeof slot.value === "string" ? slot.value : "";
  const known = useQuery({
    queryKey: ["decision-table-of-step", value],
    enabled: value !== "" && !ID.test(value),
    queryFn: async ({ signal }) => (await tables(value, signal)).find(({ name }) => name === value) ?? null,
  });
  return (
    <ReferencePicker
      label={parameter.display_name}
      value={value}
      onChange={(name) => slot.set(name || null)}
      readOnly={readOnly}
      valueLabel={known.data?.label || value}
      placeholder={_("Search a decision table…")}
      search={search}
      href={ID.test(value) ? `/decisions/${value}/` : known.data ? `/decisions/${known.data.id}/` : ""}
      isMissing={known.data === null}
    />
  );
}
