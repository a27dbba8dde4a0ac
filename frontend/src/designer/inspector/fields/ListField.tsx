/** Values that are made of others: an object's members, and entries with members. */
import { isObject, member, type Json, type JsonObject } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { ListEditor } from "../../../ui/ListEditor";
import { useForm } from "../form/form-context";
import { ParameterField } from "../form/ParameterField";
import { defaultOf, fieldsOf, isShown, limitOf, newEntry, type NodeParameter } from "../form/parameter";
import { messagesAt } from "../form/paths";
import { entrySlot, listIn, memberSlot, type Slot } from "../form/slot";
import type { ControlProps } from "./Control";

const NOTHING: JsonObject = {};

export function CollectionField({ parameter, slot }: ControlProps) {
  return <Members fields={fieldsOf(parameter)} slot={slot} otherwise={defaultOf(parameter)} />;
}

export function ListField({ parameter, slot }: ControlProps) {
  const { readOnly, faults } = useForm();
  const otherwise = defaultOf(parameter);
  const fields = fieldsOf(parameter);
  const entries = listIn(slot.value, otherwise);
  return (
    <ListEditor<Json>
      label={parameter.display_name}
      items={entries}
      onChange={slot.set}
      add={readOnly ? undefined : () => newEntry(parameter)}
      max={limitOf(parameter, "max")}
      disabled={readOnly}
      emptyText={_("None yet.")}
      row={(_entry, at) => (
        <>
          <Members fields={fields} slot={entrySlot(slot, at, otherwise)} />
          {messagesAt(faults, [...slot.keys, String(at)], false).map((message) => (
            <p key={message} className="parameter-problem">
              {message}
            </p>
          ))}
        </>
      )}
    />
  );
}

/** Two short texts stand side by side: a name and its value. */
function Members({ fields, slot, otherwise = null }: { readonly fields: readonly NodeParameter[]; readonly slot: Slot; readonly otherwise?: Json }) {
  const given = isObject(slot.value) ? slot.value : isObject(otherwise) ? otherwise : NOTHING;
  const shown = fields.filter((field) => isShown(field, given, fields) || member(given, field.name) !== undefined);
  const isPair = fields.length === 2 && fields.every(({ type }) => type === "string" || type === "select");
  return (
    <div className={isPair ? "parameter-members pair" : "parameter-members"}>
      {shown.map((field) => (
        <ParameterField key={field.name} parameter={field} slot={memberSlot(slot, field.name, otherwise)} beside={given} />
      ))}
    </div>
  );
}
