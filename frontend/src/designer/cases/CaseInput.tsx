/** What a test begins with. */
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { TextArea } from "../../ui/TextArea";
import { TextInput } from "../../ui/TextInput";
import { useDesigner } from "../model/designer";
import { triggerOptions, triggersOf } from "../runs/trigger-data";
import { useCaseForm } from "./form";
import { itemsOfJson, itemsProblem, jsonOfItems } from "./items";
import { JsonBox } from "./JsonBox";
import { withGone } from "./steps";
import type { CaseContent } from "./types";

interface Props {
  readonly value: CaseContent;
  readonly onChange: (value: CaseContent) => void;
}

export function CaseInput({ value, onChange }: Props) {
  const { document, catalogue } = useDesigner();
  const { readOnly, faulty } = useCaseForm();
  const triggers = triggerOptions(triggersOf(document.store.state(), catalogue));
  return (
    <div className="form case-form">
      <Field label={_("Trigger")}>
        <Select
          value={value.trigger_node}
          onChange={(trigger_node) => onChange({ ...value, trigger_node })}
          options={[{ value: "", label: _("The first one") }, ...withGone(triggers, value.trigger_node)]}
          disabled={readOnly}
        />
      </Field>
      <JsonBox
        label={_("What the trigger gives, as JSON")}
        help={_("A list: each object is one item.")}
        value={jsonOfItems(value.trigger_items)}
        check={itemsProblem}
        onChange={(items) => onChange({ ...value, trigger_items: itemsOfJson(items) })}
        onFault={(is) => faulty("trigger", is)}
        readOnly={readOnly}
      />
      <Field label={_("Time of the run")} optional help={_("What “now” is while the test runs. Empty: the first moment of 2026.")}>
        <TextInput className="mono" value={value.now ?? ""} placeholder="2026-01-01T00:00:00Z" onChange={(now) => onChange({ ...value, now: now.trim() === "" ? null : now.trim() })} readOnly={readOnly} spellCheck={false} />
      </Field>
      <Field label={_("Description")} optional>
        <TextArea value={value.description} onChange={(description) => onChange({ ...value, description })} readOnly={readOnly} />
      </Field>
    </div>
  );
}
