/** The places of the table designer's parts. */
import { useAtomValue, useSetAtom } from "jotai";
import { useDeferredValue, useMemo, useRef } from "react";
import { Failsafe } from "../document/Failsafe";
import { InBar } from "../document/InBar";
import { _ } from "../lib/i18n";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { BarEnd } from "./BarEnd";
import { BarStart } from "./BarStart";
import { useKeymap } from "./commands/use-commands";
import { gridColumns, sameColumns, type GridColumn } from "./grid/columns";
import { EmptyTable } from "./grid/EmptyTable";
import { Grid } from "./grid/Grid";
import { StatusBar } from "./grid/StatusBar";
import { Toolbar } from "./grid/Toolbar";
import { filteredRules, type GridView } from "./grid/view";
import { LaterDialogs } from "./LaterDialogs";
import { LostSync } from "./LostSync";
import { Panels } from "./Panels";
import { SlotParts } from "./SlotParts";
import { workSlots } from "./slots";
import { filterAtom, readOnlyAtom, saidAtom } from "./state/atoms";
import { besideAtom } from "./state/beside";
import { useShownTable } from "./state/hooks";
import { useTableModel } from "./state/model";

export function TableDesigner() {
  useKeymap();
  return (
    <div className="designer table-designer">
      <InBar side="start">
        <BarStart />
      </InBar>
      <InBar side="end">
        <BarEnd />
      </InBar>
      <div className="designer-middle">
        <Failsafe>
          <Middle />
        </Failsafe>
      </div>
      <Failsafe>
        <Panels />
      </Failsafe>
      <LaterDialogs />
      <SlotParts slots={workSlots} />
      <LostSync />
      <Said />
    </div>
  );
}

function useGridView(): { readonly view: GridView; readonly all: number; readonly isEmpty: boolean } {
  const table = useShownTable();
  const beside = useAtomValue(besideAtom);
  const filter = useDeferredValue(useAtomValue(filterAtom));
  const readOnly = useAtomValue(readOnlyAtom);
  const last = useRef<readonly GridColumn[]>([]);
  const columns = useMemo(() => {
    const made = gridColumns(table, beside);
    // The same list as long as it says the same: every row is drawn by it.
    return (last.current = sameColumns(last.current, made) ? last.current : made);
  }, [table, beside]);
  const filtered = filter.trim() !== "";
  const rules = useMemo(() => filteredRules(table.rules, filter), [table.rules, filter]);
  const view = useMemo(() => ({ rules, columns, filtered, rows: rules.length + (readOnly || filtered ? 0 : 1) }), [rules, columns, filtered, readOnly]);
  return { view, all: table.rules.length, isEmpty: table.input_columns.length + table.output_columns.length === 0 };
}

function Middle() {
  const { view, all, isEmpty } = useGridView();
  const { label, name } = useTableModel().props.table;
  if (isEmpty) {
    return (
      <div className="decision-empty">
        <EmptyTable />
      </div>
    );
  }
  return (
    <div className="decision-middle">
      <Toolbar shown={view.rules.length} all={all} />
      {view.filtered && view.rules.length === 0 ? <NothingFound /> : <Grid view={view} label={label || name} />}
      <StatusBar />
    </div>
  );
}

function NothingFound() {
  const setFilter = useSetAtom(filterAtom);
  return (
    <div className="decision-empty">
      <EmptyState small title={_("No rule contains this")} actions={<Button onClick={() => setFilter("")}>{_("Show all rules")}</Button>} />
    </div>
  );
}

/** What the last command did, said to screen readers. */
function Said() {
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {useAtomValue(saidAtom)}
    </p>
  );
}
