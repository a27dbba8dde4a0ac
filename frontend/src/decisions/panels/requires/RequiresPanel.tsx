/** Which tables feed this one: their answers are inputs here. */
import { useQuery } from "@tanstack/react-query";
import { GitFork, Plus } from "lucide-react";
import { useState } from "react";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { EmptyState } from "../../../ui/EmptyState";
import { readTable } from "../../server/calls";
import type { Requirement } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { setRequirements } from "../edits";
import { RequirementForm } from "./RequirementForm";
import { RequirementItem } from "./RequirementItem";
import "../panels.css";

const MOST_DEEP = 4;

export function RequiresPanel() {
  const desk = useDesk();
  const table = useTable();
  const requires = (table["requires"] ?? []) as unknown as readonly Requirement[];
  /** A place in the list; its length is a new one. */
  const [editing, setEditing] = useState<number | null>(null);
  const save = (requirement: Requirement): void => {
    if (editing === null) return;
    const isNew = editing >= requires.length;
    const next = isNew ? [...requires, requirement] : requires.with(editing, requirement);
    if (setRequirements(desk, next, isNew ? _("Require a table") : _("Change a requirement"))) setEditing(null);
  };
  const remove = (at: number): void => void setRequirements(desk, requires.toSpliced(at, 1), _("Remove a requirement"));
  if (editing !== null) return <RequirementForm requirement={requires[editing] ?? null} save={save} cancel={() => setEditing(null)} />;
  return (
    <div className="table-panel">
      {desk.rights.write && (
        <div className="table-panel-head">
          <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setEditing(requires.length)}>
            {_("Require a table")}
          </Button>
        </div>
      )}
      {requires.length === 0 && <EmptyState small level={3} icon={<GitFork size={20} />} title={_("No table feeds this one")} text={_("Let another table answer first, and use what it answers as an input here.")} />}
      <ul className="requirement-items">
        {requires.map((requirement, at) => (
          <RequirementItem key={`${at} ${requirement.table}`} requirement={requirement} edit={desk.rights.write ? () => setEditing(at) : undefined} remove={desk.rights.write ? () => remove(at) : undefined} />
        ))}
      </ul>
      {requires.length > 0 && (
        <section className="table-panel-part" aria-label={_("Order of evaluation")}>
          <h3>{_("Order of evaluation")}</h3>
          <Feeding name={desk.table.name} label={desk.table.label} requires={requires} depth={0} />
        </section>
      )}
    </div>
  );
}

interface FeedingProps {
  readonly name: string;
  readonly label: string;
  readonly requires: readonly { readonly table: string }[];
  readonly depth: number;
}

/** A table below what it needs: read from the bottom up, it is the order in which they answer. */
function Feeding({ name, label, requires, depth }: FeedingProps) {
  return (
    <ul className="feeding">
      <li>
        {depth === 0 ? <strong>{label}</strong> : <a href={`/decisions/${encodeURIComponent(name)}/`}>{label}</a>} {requires.length > 0 && <span className="muted">{_("needs")}</span>}
        {depth < MOST_DEEP ? requires.map((each, at) => <Feeder key={`${at} ${each.table}`} name={each.table} depth={depth + 1} />) : requires.length > 0 && <span className="muted">…</span>}
      </li>
    </ul>
  );
}

function Feeder({ name, depth }: { readonly name: string; readonly depth: number }) {
  const found = useQuery({ queryKey: ["decision-table", name], queryFn: () => readTable(name), retry: false });
  if (found.error) {
    return (
      <ul className="feeding">
        <li>
          {name} <span className="feeding-missing">{_("is not there")}</span>
        </li>
      </ul>
    );
  }
  return <Feeding name={name} label={found.data?.label ?? name} requires={found.data?.requires ?? []} depth={depth} />;
}
