/** Fields that are given to each item: name, kind and value. */
import { isObject, type Json, type JsonObject } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { ListEditor } from "../../../ui/ListEditor";
import { useForm } from "../form/form-context";
import { ParameterField } from "../form/ParameterField";
import { defaultOf, fieldsOf, limitOf, type NodeParameter } from "../form/parameter";
import { entrySlot, listIn, memberSlot, type Slot } from "../form/slot";
import type { ControlProps } from "./Control";

/** The control that each kind of value is written with. */
const CONTROLS: Readonly<Record<string, string>> = { string: "string", number: "number", boolean: "boolean" };

export function AssignmentsField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const otherwise = defaultOf(parameter);
  return (
    <ListEditor<Json>
      label={parameter.display_name}
      items={listIn(slot.value, otherwise)}
      onChange={slot.set}
      add={readOnly ? undefined : () => ({ name: "", type: "string", value: "" })}
      addLabel={_("Add a field")}
      max={limitOf(parameter, "max")}
      disabled={readOnly}
      nameOf={(entry, at) => (isObject(entry) && typeof entry["name"] === "string" && entry["name"] !== "" ? entry["name"] : _("Field {n}", { n: at + 1 }))}
      emptyText={_("No fields yet.")}
      row={(entry, at) => <Assignment entry={isObject(entry) ? entry : {}} slot={entrySlot(slot, at, otherwise)} fields={fieldsOf(parameter)} />}
    />
  );
}

function Assignment({ entry, slot, fields }: { readonly entry: JsonObject; readonly slot: Slot; readonly fields: readonly NodeParameter[] }) {
  const kind = String(entry["type"] ?? "string");
  return (
    <div className="parameter-members assignment">
      {fields.map((field) => {
        const declared = field.name === "value" ? { ...field, type: CONTROLS[kind] ?? "json" } : field;
        return <ParameterField key={field.name} parameter={declared} slot={memberSlot(slot, field.name)} beside={entry} />;
      })}
    </div>
  );
}
