/** How a step runs: again after errors, for how long, and what happens when it fails. */
import { useAtomValue } from "jotai";
import { gestures, nameOf, type Json, type NodeState } from "../../../doc";
import { _ } from "../../../lib/i18n";
import { Field } from "../../../ui/Field";
import { NumberInput } from "../../../ui/NumberInput";
import { Segmented } from "../../../ui/Segmented";
import { Select } from "../../../ui/Select";
import { Switch } from "../../../ui/Switch";
import { TextArea } from "../../../ui/TextArea";
import type { NodeType } from "../../catalogue/catalogue";
import { useEdit } from "../../model/edit";
import { readOnlyAtom } from "../../state/mode";
import { RetrySettings } from "./RetrySettings";
import { RunIf } from "./RunIf";

export type SetField = (field: string, value: Json) => void;

export function useSetField(node: NodeState): SetField {
  const edit = useEdit();
  return (field, value) => void edit((state) => gestures.setField(state, node.id, field, value), { label: _("Change “{name}”", { name: nameOf(node) }), merge: `${node.id}/${field}` });
}

export function SettingsTab({ node, type }: { readonly node: NodeState; readonly type: NodeType | undefined }) {
  const set = useSetField(node);
  const readOnly = useAtomValue(readOnlyAtom);
  const shared = { node, set, readOnly };
  return (
    <div className="parameter-form">
      {!type?.is_trigger && <RunIf {...shared} />}
      <OnError {...shared} />
      {(type?.capabilities.supports_retry ?? true) && <RetrySettings {...shared} />}
      {(type?.capabilities.side_effect ?? false) && <OnDoubt {...shared} />}
      <Field label={_("Time limit")} help={_("In seconds. Empty: no limit of its own.")}>
        <NumberInput value={typeof node["timeout_seconds"] === "number" ? node["timeout_seconds"] : null} min={1} onChange={(value) => set("timeout_seconds", value)} readOnly={readOnly} />
      </Field>
      <Toggle {...shared} field="execute_once" label={_("Run only once, with the first item")} />
      <Toggle {...shared} field="always_output_data" label={_("Put out an empty item when there is nothing else")} />
      <Toggle {...shared} field="disabled" label={_("Disabled: items pass by unchanged")} />
      <Field label={_("Notes")} help={_("For people; they change nothing.")}>
        <TextArea value={typeof node["notes"] === "string" ? node["notes"] : ""} onChange={(text) => set("notes", text || null)} readOnly={readOnly} rows={3} />
      </Field>
    </div>
  );
}

export interface SettingProps {
  readonly node: NodeState;
  readonly set: SetField;
  readonly readOnly: boolean;
}

function Toggle({ node, set, readOnly, field, label }: SettingProps & { readonly field: string; readonly label: string }) {
  return <Switch checked={node[field] === true} onChange={(on) => set(field, on || null)} disabled={readOnly} label={label} />;
}

const MEANS: Readonly<Record<string, () => string>> = {
  stop: () => _("The run ends with an error."),
  continue: () => _("Items that fail pass on as they came in."),
  error_output: () => _("Items that fail leave by the port “error”; connect a step to it."),
};

function OnError({ node, set, readOnly }: SettingProps) {
  const value = typeof node["on_error"] === "string" ? node["on_error"] : "stop";
  return (
    <Field label={_("When it fails")} help={MEANS[value]?.()}>
      <Select
        value={value}
        onChange={(chosen) => set("on_error", chosen === "stop" ? null : chosen)}
        disabled={readOnly}
        options={[
          { value: "stop", label: _("Stop the run") },
          { value: "continue", label: _("Go on") },
          { value: "error_output", label: _("Go on at an error output") },
        ]}
      />
    </Field>
  );
}

const IN_DOUBT: Readonly<Record<string, () => string>> = {
  retry: () => _("A machine can be lost in the middle of this step, and nobody knows whether its effect took place. It is done again, with the same idempotency key: a service that knows such keys does it once, any other may do it twice."),
  stop_and_ask: () => _("A machine can be lost in the middle of this step, and nobody knows whether its effect took place. The run then stands still until a person has looked and says: do it again, it was done, or let it fail."),
};

function OnDoubt({ node, set, readOnly }: SettingProps) {
  const value = node["on_doubt"] === "stop_and_ask" ? "stop_and_ask" : "retry";
  return (
    <Field label={_("When it is not known whether it was done")} help={IN_DOUBT[value]?.()}>
      <Segmented
        value={value}
        onChange={(chosen) => set("on_doubt", chosen === "retry" ? null : chosen)}
        options={[
          { value: "retry", label: _("Do it again"), disabled: readOnly },
          { value: "stop_and_ask", label: _("Stop and ask"), disabled: readOnly },
        ]}
      />
    </Field>
  );
}
