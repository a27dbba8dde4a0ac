/** Writing a test: what goes in, and what is expected to come out. */
import { useMutation } from "@tanstack/react-query";
import { Check, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { TextInput } from "../../../ui/TextInput";
import { toast } from "../../../ui/Toast";
import { createCase, deleteCase, saveCase } from "../../server/calls";
import type { OutputColumn, TestCase } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { Problem } from "../Problem";
import { inputFields } from "../run/fields";
import { InputControl, InputFields } from "../run/InputFields";
import { EMPTY, readCase, typedCase, type MatchedChoice, type TypedCase } from "./expected";

interface Props {
  /** Null: a new one. */
  readonly test: TestCase | null;
  readonly done: () => void;
  readonly cancel: () => void;
}

export function CaseForm({ test, done, cancel }: Props) {
  const { table: facts } = useDesk();
  const table = useTable();
  const fields = useMemo(() => inputFields(table), [table]);
  const outputs = table.output_columns as unknown as readonly OutputColumn[];
  const [typed, setTyped] = useState<TypedCase>(() => (test ? typedCase(test, fields, outputs) : EMPTY));
  const [wasSent, setSent] = useState(false);
  const { content, faults } = readCase(typed, fields, outputs);
  const shown = wasSent ? faults : {};
  const save = useMutation({ mutationFn: () => (test ? saveCase(facts.id, test.id, content) : createCase(facts.id, content)), onSuccess: done });
  const remove = useMutation({
    mutationFn: () => (test ? deleteCase(facts.id, test.id) : Promise.resolve()),
    onSuccess: () => (done(), toast(_("The test is gone."))),
  });
  const put = (change: Partial<TypedCase>): void => setTyped({ ...typed, ...change });
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    setSent(true);
    if (Object.keys(faults).length === 0) save.mutate();
  };
  const problem = save.error ?? remove.error;
  return (
    <form className="form table-panel case-edit" onSubmit={submit} aria-label={test ? _("Edit test") : _("New test")}>
      <h3>{test ? _("Edit test") : _("New test")}</h3>
      <Field label={_("Name")} error={shown["name"]} required>
        <TextInput value={typed.name} onChange={(name) => put({ name })} maxLength={200} autoFocus />
      </Field>
      <fieldset className="plain case-part">
        <legend>{_("Given")}</legend>
        <InputFields fields={fields} texts={typed.inputs} faults={under("inputs.", shown)} change={(inputs) => put({ inputs })} />
      </fieldset>
      <fieldset className="plain case-part">
        <legend>{_("Expected")}</legend>
        <Expectation typed={typed} put={put} faults={shown} />
        {typed.matched !== "error" &&
          outputs.map((column) => (
            <ExpectedOutput key={column.name} column={column} text={typed.outputs[column.name]} error={shown[`outputs.${column.name}`]} change={(text) => put({ outputs: { ...typed.outputs, [column.name]: text } })} />
          ))}
        {typed.matched !== "error" && <p className="muted">{_("An output that is left empty is not checked. “Nothing” expects that there is no value (null).")}</p>}
      </fieldset>
      {problem && <Problem error={problem} />}
      <div className="run-actions">
        <Button type="submit" variant="primary" icon={<Check size={14} aria-hidden="true" />} busy={save.isPending}>
          {_("Save test")}
        </Button>
        <Button variant="ghost" onClick={cancel}>
          {_("Cancel")}
        </Button>
        {test && (
          <Button variant="danger" icon={<Trash2 size={14} aria-hidden="true" />} busy={remove.isPending} onClick={() => remove.mutate()}>
            {_("Delete")}
          </Button>
        )}
      </div>
    </form>
  );
}

interface ExpectationProps {
  readonly typed: TypedCase;
  readonly put: (change: Partial<TypedCase>) => void;
  readonly faults: Readonly<Record<string, string>>;
}

function Expectation({ typed, put, faults }: ExpectationProps) {
  return (
    <>
      <Field label={_("A rule matches")}>
        <Select<MatchedChoice>
          value={typed.matched}
          onChange={(matched) => put({ matched })}
          options={[
            { value: "any", label: _("(not checked)") },
            { value: "yes", label: _("Yes") },
            { value: "no", label: _("No: the defaults answer") },
            { value: "error", label: _("It is refused with an error") },
          ]}
        />
      </Field>
      {typed.matched === "error" && (
        <Field label={_("Code of the error")} error={faults["error"]}>
          <TextInput value={typed.error} onChange={(error) => put({ error })} placeholder="invalid_input" spellCheck={false} />
        </Field>
      )}
    </>
  );
}

interface ExpectedOutputProps {
  readonly column: OutputColumn;
  /** Null: nothing is expected. */
  readonly text: string | null | undefined;
  readonly error: string | undefined;
  readonly change: (text: string | null) => void;
}

function ExpectedOutput({ column, text, error, change }: ExpectedOutputProps) {
  const { name, type, allowed_values } = column;
  const label = column.label || name;
  const isNothing = text === null;
  const nothing = (
    <Button size="small" variant="ghost" className="expects-nothing" aria-pressed={isNothing} aria-label={_("{column}: nothing", { column: label })} onClick={() => change(isNothing ? "" : null)}>
      {_("nothing")}
    </Button>
  );
  return (
    <Field label={label} error={error} actions={nothing}>
      {isNothing ? <TextInput value={_("nothing")} onChange={change} disabled /> : <InputControl field={{ name, label, type, allowed: allowed_values ?? [] }} text={text ?? ""} empty={_("(not checked)")} change={change} />}
    </Field>
  );
}

function under(prefix: string, faults: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(faults).flatMap(([path, fault]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), fault]] : [])));
}
