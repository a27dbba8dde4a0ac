/** The credential that a node uses, of the kinds that it can use at present. Secrets are never here. */
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { api } from "../../../api/client";
import { gestures } from "../../../doc";
import { isObject, type JsonObject } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { useEdit } from "../../model/edit";
import { useNodeFaults } from "../../state/faults";
import { kindsWanted } from "../form/credentials";
import { useForm } from "../form/form-context";
import { parametersOf } from "../form/parameter";

const MOST = 200;

export function CredentialFields() {
  const { node, type } = useForm();
  const kinds = kindsWanted(type, parametersOf(node));
  return kinds.length === 0 ? null : <CredentialField kinds={kinds} />;
}

function CredentialField({ kinds }: { readonly kinds: readonly string[] }) {
  const { node, readOnly } = useForm();
  const edit = useEdit();
  const faults = useNodeFaults(node.id).filter(({ path }) => /(^|\.)credentials(\.|$)/.test(path));
  // Fresh when the window is looked at again: a new one may have been made in another tab.
  const { data } = useQuery({
    queryKey: ["credentials"],
    refetchOnWindowFocus: "always",
    queryFn: async () => (await api.GET("/api/v1/credentials/", { params: { query: { limit: MOST } } })).data?.items ?? [],
  });
  const all = data?.filter(({ kind }) => kinds.includes(kind)) ?? [];
  const stored: JsonObject = isObject(node["credentials"]) ? node["credentials"] : {};
  const chosen = String(kinds.map((kind) => stored[kind]).find((id) => typeof id === "string" && id !== "") ?? "");
  const isGone = chosen !== "" && data !== undefined && !all.some(({ id }) => id === chosen);
  const choose = (id: string) => {
    const kind = all.find((each) => each.id === id)?.kind;
    const others = Object.entries(stored).filter(([name]) => !kinds.includes(name));
    const next = Object.fromEntries([...others, ...(kind ? [[kind, id] as const] : [])]);
    edit((state) => gestures.setField(state, node.id, "credentials", Object.keys(next).length > 0 ? next : null), { label: _("Choose a credential") });
  };
  const options = [{ value: "", label: _("None") }, ...all.map(({ id, name }) => ({ value: id, label: name })), ...(isGone ? [{ value: chosen, label: _("A credential that is gone") }] : [])];
  return (
    <div className="parameter" data-path="credentials">
      <Field label={_("Credential")} help={data && all.length === 0 ? _("There is none of the kind {kinds} yet.", { kinds: kinds.join(", ") }) : undefined} error={faults.map(({ message }) => message).join(" ") || undefined}>
        <Select value={chosen} onChange={choose} options={options} disabled={readOnly} />
      </Field>
      <div className="credential-actions">
        <a className="button small" href="/settings/credentials/" target="_blank" rel="noopener">
          <ExternalLink size={13} aria-hidden="true" /> {_("New credential…")}
        </a>
        {chosen !== "" && !isGone && <TestButton key={chosen} id={chosen} />}
      </div>
    </div>
  );
}

function TestButton({ id }: { readonly id: string }) {
  const [state, setState] = useState<{ readonly busy: boolean; readonly text: string; readonly ok: boolean }>({ busy: false, text: "", ok: false });
  const test = async () => {
    setState({ busy: true, text: "", ok: false });
    try {
      const { data } = await api.POST("/api/v1/credentials/{credential_id}/test/", { params: { path: { credential_id: id } } });
      setState({ busy: false, ok: data?.ok === true, text: data?.ok ? _("It works.") : (data?.message ?? "") });
    } catch (error) {
      setState({ busy: false, ok: false, text: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      <Button size="small" busy={state.busy} onClick={() => void test()}>
        {_("Test")}
      </Button>
      <span role="status" className={state.ok ? "credential-ok" : "credential-bad"}>
        {state.text}
      </span>
    </>
  );
}
