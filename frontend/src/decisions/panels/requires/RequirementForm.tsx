/** Choosing a table that feeds this one, and wiring its columns. */
import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useState } from "react";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Progress } from "../../../ui/Progress";
import { Select } from "../../../ui/Select";
import { TextInput } from "../../../ui/TextInput";
import { findTables, readTable, type FoundTable } from "../../server/calls";
import type { Requirement } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { Problem } from "../Problem";
import { suggested } from "./suggest";

interface Props {
  /** Null: a new one. */
  readonly requirement: Requirement | null;
  readonly save: (requirement: Requirement) => void;
  readonly cancel: () => void;
}

export function RequirementForm({ requirement, save, cancel }: Props) {
  const desk = useDesk();
  const table = useTable();
  const [wired, setWired] = useState<Requirement | null>(requirement);
  const tables = useQuery({ queryKey: ["decision-tables"], queryFn: () => findTables("") });
  const other = useQuery({ queryKey: ["decision-table", wired?.table], enabled: wired !== null, queryFn: () => readTable(wired?.table ?? ""), retry: false });
  const others = (tables.data ?? []).filter(({ name }) => name !== desk.table.name);
  const choose = (name: string): void => {
    const found = others.find((each) => each.name === name);
    setWired(found ? suggested(found, table) : { table: name });
  };
  const hasProvided = Object.keys(wired?.provides ?? {}).length > 0;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (wired && hasProvided) save(wired);
  };
  return (
    <form className="form table-panel" onSubmit={submit} aria-label={_("Require a table")}>
      <h3>{_("Require a table")}</h3>
      {tables.error && <Problem error={tables.error} />}
      <Field label={_("Table")} help={tables.isSuccess && others.length === 0 ? _("There is no other table yet.") : undefined}>
        <Select value={wired?.table ?? ""} onChange={choose} placeholder={_("Choose a table")} options={optionsOf(others, wired?.table)} />
      </Field>
      {other.isLoading && <Progress label={_("Loading…")} value={null} />}
      {other.error && <Problem error={other.error} />}
      {wired && other.data && <Wiring wired={wired} other={other.data} put={setWired} />}
      <div className="run-actions">
        <Button type="submit" variant="primary" icon={<Check size={14} aria-hidden="true" />} disabled={!wired || !hasProvided}>
          {_("Done")}
        </Button>
        <Button variant="ghost" onClick={cancel}>
          {_("Cancel")}
        </Button>
      </div>
    </form>
  );
}

function optionsOf(tables: readonly FoundTable[], chosen: string | undefined) {
  const own = chosen && !tables.some(({ name }) => name === chosen) ? [{ value: chosen, label: chosen }] : [];
  return [...own, ...tables.map(({ name, label }) => ({ value: name, label: label ? `${label} (${name})` : name }))];
}

interface WiringProps {
  readonly wired: Requirement;
  readonly other: FoundTable;
  readonly put: (wired: Requirement) => void;
}

const NOTHING = "";

function Wiring({ wired, other, put }: WiringProps) {
  const table = useTable();
  const { inputs = {}, provides = {} } = wired;
  return (
    <>
      <fieldset className="plain case-part">
        <legend>{_("What it is given")}</legend>
        {other.input_columns.map(({ name, label }) => (
          <Field key={name} label={label || name} help={_("An expression over the inputs here; empty: nothing is given.")}>
            <TextInput value={inputs[name] ?? ""} onChange={(text) => put({ ...wired, inputs: withPair(inputs, name, text) })} spellCheck={false} />
          </Field>
        ))}
      </fieldset>
      <fieldset className="plain case-part">
        <legend>{_("What it provides")}</legend>
        {table.input_columns.map(({ name, ...column }) => (
          <Field key={name} label={_("Input “{name}” here", { name: typeof column["label"] === "string" && column["label"] ? column["label"] : name })}>
            <Select value={provides[name] ?? NOTHING} onChange={(text) => put({ ...wired, provides: withPair(provides, name, text) })} options={[{ value: NOTHING, label: _("(not from there)") }, ...other.output_columns.map((each) => ({ value: each.name, label: each.label || each.name }))]} />
          </Field>
        ))}
      </fieldset>
    </>
  );
}

/** The pair set; without a text it is taken out. */
function withPair(pairs: Readonly<Record<string, string>>, name: string, text: string): Readonly<Record<string, string>> {
  const others = Object.entries(pairs).filter(([each]) => each !== name);
  return Object.fromEntries(text.trim() === "" ? others : [...others, [name, text]]);
}
