/** Comparisons, joined by “and” or “or”. */
import { isObject, type Json } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { Disclosure } from "../../../ui/Disclosure";
import { ListEditor } from "../../../ui/ListEditor";
import { Segmented } from "../../../ui/Segmented";
import { Switch } from "../../../ui/Switch";
import { useForm } from "../form/form-context";
import { defaultOf } from "../form/parameter";
import { entrySlot, listIn, memberSlot, type Slot } from "../form/slot";
import { ConditionRow } from "./ConditionRow";
import type { ControlProps } from "./Control";

const MOST = 200;
const newCondition = (): Json => ({ left: "={{ $json }}", operator: { type: "string", operation: "equals" }, right: "" });

export function ConditionsField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  const value = isObject(slot.value) ? slot.value : defaultOf(parameter);
  const part = (name: string): Slot => memberSlot(slot, name, defaultOf(parameter));
  const combinator = isObject(value) && value["combinator"] === "or" ? "or" : "and";
  const entries = part("conditions");
  const list = listIn(entries.value);
  return (
    <div className="conditions">
      {list.length > 1 && (
        <Segmented
          label={_("How the conditions are joined")}
          value={combinator}
          onChange={part("combinator").set}
          options={[
            { value: "and", label: _("All hold"), disabled: readOnly },
            { value: "or", label: _("Any holds"), disabled: readOnly },
          ]}
        />
      )}
      <ListEditor<Json>
        label={parameter.display_name}
        items={list}
        onChange={entries.set}
        add={readOnly ? undefined : newCondition}
        addLabel={_("Add a condition")}
        max={MOST}
        disabled={readOnly}
        nameOf={(_entry, at) => _("Condition {n}", { n: at + 1 })}
        emptyText={_("Without a condition every item passes.")}
        row={(_entry, at) => <ConditionRow slot={entrySlot(entries, at)} />}
      />
      <Disclosure label={_("How values are compared")}>
        <div className="parameter-members">
          <Switch checked={part("case_sensitive").value !== false} onChange={part("case_sensitive").set} disabled={readOnly} label={_("Upper and lower case differ")} />
          <Switch checked={part("type_validation").value === "loose"} onChange={(loose) => part("type_validation").set(loose ? "loose" : "strict")} disabled={readOnly} label={_("Convert values of another kind, such as “5” to 5")} />
        </div>
      </Disclosure>
    </div>
  );
}
