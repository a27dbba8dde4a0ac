/** One comparison: left value, what must be true of it, right value. */
import { isObject, type JsonObject } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { Select } from "../../../ui/Select";
import { useForm } from "../form/form-context";
import { COMPARISONS, comparisonOf, isKind, KIND_WORDS, KINDS, type ConditionKind } from "../form/operators";
import type { NodeParameter } from "../form/parameter";
import { ParameterField } from "../form/ParameterField";
import { messagesAt, pathOf } from "../form/paths";
import { memberSlot, type Slot } from "../form/slot";

const CONTROLS: Readonly<Record<ConditionKind, string>> = { string: "string", number: "number", boolean: "boolean", date_time: "datetime", array: "json", object: "json", any: "json" };
const OPTIONS = () =>
  KINDS.map((kind) => ({ label: KIND_WORDS[kind](), options: COMPARISONS[kind].map(({ name, label }) => ({ value: `${kind}.${name}`, label: label() })) }));

export function ConditionRow({ slot }: { readonly slot: Slot }) {
  const { readOnly, faults } = useForm();
  const entry: JsonObject = isObject(slot.value) ? slot.value : {};
  const operator = isObject(entry["operator"] ?? null) ? (entry["operator"] as JsonObject) : {};
  const kind = isKind(operator["type"]) ? operator["type"] : "string";
  const comparison = comparisonOf(kind, operator["operation"]);
  const choose = (chosen: string) => {
    const [type = "string", operation = "equals"] = chosen.split(".");
    slot.set({ ...entry, operator: { ...operator, type, operation } });
  };
  return (
    <div className="condition" data-path={pathOf(slot.keys)}>
      <ParameterField parameter={side("left", _("Value"), "string")} slot={memberSlot(slot, "left")} beside={entry} />
      <Select aria-label={_("Comparison")} value={comparison ? `${kind}.${comparison.name}` : ""} onChange={choose} options={OPTIONS()} placeholder={_("Choose…")} disabled={readOnly} />
      {comparison?.right && <ParameterField key={comparison.right} parameter={side("right", _("Compared with"), CONTROLS[comparison.right])} slot={memberSlot(slot, "right")} beside={entry} />}
      {messagesAt(faults, slot.keys, false).map((message) => (
        <p key={message} className="parameter-problem">
          {message}
        </p>
      ))}
    </div>
  );
}

function side(name: string, display_name: string, type: string): NodeParameter {
  return { name, display_name, type, required: false, default_value: null, description: "", placeholder: "", options: [], validation: {}, display_if: {}, supports_expressions: true };
}
