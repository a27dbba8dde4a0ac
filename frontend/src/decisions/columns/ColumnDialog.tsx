/** A column: what it is called, what stands in it, and what may be asked of it. */
import { useState } from "react";
import { columnOf, tableGestures, type ColumnState, type Side } from "../../doc";
import { operatorsOf, type Operator } from "../../doc/table/operators";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Disclosure } from "../../ui/Disclosure";
import { Field } from "../../ui/Field";
import { MultiSelect } from "../../ui/MultiSelect";
import { Select } from "../../ui/Select";
import { TextArea } from "../../ui/TextArea";
import { TextInput } from "../../ui/TextInput";
import { operatorName, operatorText } from "../editors/operator-text";
import { TYPES, typeName } from "../editors/types";
import { useEdit } from "../state/edit";
import { useTableModel } from "../state/model";
import { columnFrom, formOf, nameFrom, takenNames, type ColumnForm, type Faults } from "./form";

export interface ColumnDialogProps {
  readonly side: Side;
  /** Null: a new one. */
  readonly name: string | null;
  readonly after?: string | null | undefined;
  readonly close: () => void;
}

function titleFor(side: Side, column: ColumnState | null): string {
  if (side === "input_columns") return column ? _("Input {name}", { name: column.name }) : _("New input");
  return column ? _("Output {name}", { name: column.name }) : _("New output");
}

export function ColumnDialog({ side, name, after, close }: ColumnDialogProps) {
  const { store } = useTableModel().document;
  const edit = useEdit();
  const [column] = useState(() => (name === null ? null : (columnOf(store.state(), side, name) ?? null)));
  const [form, setForm] = useState(() => formOf(column, side === "output_columns" ? "number" : "string"));
  const [faults, setFaults] = useState<Faults>({});
  const save = (): void => {
    const made = columnFrom(form, side, takenNames(store.state(), side, name));
    if ("faults" in made) return setFaults(made.faults);
    const wanted = made.column;
    const done = column
      ? edit((state) => tableGestures.changeColumn(state, side, column.name, wanted), { label: _("Change the column {name}", { name: wanted.name }) })
      : edit((state) => tableGestures.addColumn(state, side, wanted, after), { label: _("Add the column {name}", { name: wanted.name }) });
    // Without a change there is nothing to keep open for; a refusal has been told.
    if (done || (column && tableGestures.changeColumn(store.state(), side, column.name, wanted).length === 0)) close();
  };
  const remove = (): void => {
    if (column && edit((state) => tableGestures.removeColumn(state, side, column.name), { label: _("Delete the column {name}", { name: column.name }) })) close();
  };
  return (
    <Dialog
      open
      keepOpen
      title={titleFor(side, column)}
      description={side === "input_columns" ? _("A fact that decides which rules fit.") : _("What a rule answers when it fits.")}
      onClose={close}
      footer={
        <>
          {column && (
            <Button variant="danger" onClick={remove}>
              {_("Delete")}
            </Button>
          )}
          <Button onClick={close}>{_("Cancel")}</Button>
          <Button variant="primary" onClick={save}>
            {column ? _("Save") : _("Add")}
          </Button>
        </>
      }
    >
      <form className="column-form" onSubmit={(event) => (event.preventDefault(), save())}>
        <Names form={form} set={setForm} faults={faults} isNew={column === null} />
        <Field label={_("Type")}>
          <Select value={form.type} onChange={(type) => setForm({ ...form, type, operators: form.operators.filter((each) => (operatorsOf(type) as readonly string[]).includes(each)) })} options={TYPES.map((type) => ({ value: type, label: typeName(type) }))} />
        </Field>
        {side === "input_columns" ? <InputFields form={form} set={setForm} /> : <OutputFields form={form} set={setForm} faults={faults} />}
        <Field label={_("Allowed values")} optional help={side === "output_columns" ? _("One a line. For the hit policies PRIORITY and OUTPUT ORDER the first is the most important.") : _("One a line. They are offered while you type, and checked.")} error={faults.allowed}>
          <TextArea value={form.allowed} rows={3} onChange={(allowed) => setForm({ ...form, allowed })} />
        </Field>
        {/* Enter in a field saves. */}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

interface PartProps {
  readonly form: ColumnForm;
  readonly set: (form: ColumnForm) => void;
}

function Names({ form, set, faults, isNew }: PartProps & { readonly faults: Faults; readonly isNew: boolean }) {
  return (
    <>
      <Field label={_("Label")} help={_("What people read above the column.")}>
        <TextInput value={form.label} data-autofocus onChange={(label) => set({ ...form, label })} />
      </Field>
      <Field label={_("Name")} help={_("What callers and expressions say.")} error={faults.name}>
        <TextInput value={form.name} className="mono" placeholder={isNew ? nameFrom(form.label) : undefined} onChange={(name) => set({ ...form, name })} />
      </Field>
    </>
  );
}

function InputFields({ form, set }: PartProps) {
  const options = operatorsOf(form.type).map((operator: Operator) => ({ value: operator, label: operatorText(operator, true), note: operatorName(operator) }));
  return (
    <>
      <Field label={_("Operators")} optional help={_("Only these may be asked. Empty: all that the type has.")}>
        <MultiSelect value={form.operators} options={options} placeholder={_("All")} onChange={(operators) => set({ ...form, operators })} />
      </Field>
      <Field label={_("Expression")} optional help={_("What the rules test in place of the input of this name: a part of an input, such as customer.tier, or something computed, such as quantity * price.")}>
        <TextInput value={form.expression} className="mono" spellCheck={false} onChange={(expression) => set({ ...form, expression })} />
      </Field>
      <AboutFeel />
    </>
  );
}

/** Enough of the language for the first expression. */
function AboutFeel() {
  const examples = [
    ["customer.tier", _("the part “tier” of the input “customer”")],
    ["quantity * price - 5", _("numbers: + - * / and parentheses")],
    ["upper case(name)", _("functions, such as upper case, contains, sum, round, date")],
    ['if age >= 18 then "adult" else "child"', _("a choice")],
  ] as const;
  return (
    <Disclosure label={_("How expressions are written")}>
      <p className="help">{_("In FEEL, the expression language of decision tables (DMN). Names are those of the inputs; texts stand in double quotes.")}</p>
      <dl className="feel-examples">
        {examples.map(([text, meaning]) => (
          <div key={text}>
            <dt>
              <code>{text}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}

function OutputFields({ form, set, faults }: PartProps & { readonly faults: Faults }) {
  return (
    <Field label={_("Default value")} optional help={_("Answered where a rule leaves this column empty.")} error={faults.fallback}>
      <TextInput value={form.fallback} onChange={(fallback) => set({ ...form, fallback })} />
    </Field>
  );
}
