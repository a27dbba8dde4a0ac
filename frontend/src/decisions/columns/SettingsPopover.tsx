/** In the top bar: which rule answers when several fit, and what is answered when none does. */
import { ChevronDown } from "lucide-react";
import { useAtom, useAtomValue } from "jotai";
import { useState } from "react";
import { isObject } from "../../doc/json";
import { labelOf, tableGestures, type ColumnState } from "../../doc";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Popover } from "../../ui/Popover";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { readOutput, writeOutput } from "../editors/output-text";
import { readOnlyAtom, settingsOpenAtom } from "../state/atoms";
import { useEdit } from "../state/edit";
import { useColumns, useSetting } from "../state/hooks";
import { AGGREGATIONS, aggregationName, POLICIES, policyHelp, policyName } from "./policies";

export function SettingsPopover() {
  const [open, setOpen] = useAtom(settingsOpenAtom);
  const policy = String(useSetting("hit_policy") ?? "FIRST");
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={_("Hit policy and defaults")}
      className="table-settings"
      trigger={
        <Button size="small" variant="ghost" className="policy-button" title={policyHelp(policy)}>
          <span className="policy-lead">{_("Hit policy:")}</span> {policyName(policy)}
          <ChevronDown size={12} aria-hidden="true" />
        </Button>
      }
    >
      <Settings policy={policy} />
    </Popover>
  );
}

function Settings({ policy }: { readonly policy: string }) {
  const edit = useEdit();
  const readOnly = useAtomValue(readOnlyAtom);
  const aggregation = String(useSetting("aggregation") ?? "list");
  const outputs = useColumns("output_columns");
  const setPolicy = (wanted: string): void =>
    void edit(
      // Only collecting has something to add up.
      (state) => [...tableGestures.setSetting(state, "hit_policy", wanted), ...(wanted === "COLLECT" ? [] : tableGestures.setSetting(state, "aggregation", null))],
      { label: _("Hit policy {name}", { name: policyName(wanted) }) },
    );
  return (
    <div className="table-settings-fields">
      <Field label={_("Hit policy")} help={policyHelp(policy)}>
        <Select value={policy} disabled={readOnly} onChange={setPolicy} options={POLICIES.map((value) => ({ value, label: policyName(value) }))} />
      </Field>
      {policy === "COLLECT" && (
        <Field label={_("Put together as")}>
          <Select
            value={aggregation}
            disabled={readOnly}
            onChange={(value) => edit((state) => tableGestures.setSetting(state, "aggregation", value === "list" ? null : value), { label: _("Aggregation") })}
            options={AGGREGATIONS.map((value) => ({ value, label: aggregationName(value) }))}
          />
        </Field>
      )}
      {outputs.length > 0 && (
        <div className="table-defaults">
          <p className="label">{_("When no rule fits")}</p>
          {outputs.map((column) => (
            <DefaultField key={column.name} column={column} readOnly={readOnly} />
          ))}
        </div>
      )}
    </div>
  );
}

/** Written when it is left: a half typed number is none. */
function DefaultField({ column, readOnly }: { readonly column: ColumnState; readonly readOnly: boolean }) {
  const edit = useEdit();
  const defaults = useSetting("default_outputs");
  const present = isObject(defaults) ? defaults[column.name] : undefined;
  const [draft, setDraft] = useState<string | null>(null);
  const read = draft === null ? null : readOutput(draft, column);
  const leave = (): void => {
    if (read === null || "fault" in read) return;
    edit((state) => tableGestures.setDefault(state, column.name, read.cell), { label: _("Default of {name}", { name: labelOf(column) }) });
    setDraft(null);
  };
  return (
    <Field label={labelOf(column)} error={read && "fault" in read ? read.fault : undefined}>
      <TextInput value={draft ?? writeOutput(present, column)} disabled={readOnly} onChange={setDraft} onBlur={leave} onKeyDown={(event) => event.key === "Enter" && leave()} />
    </Field>
  );
}
