/** A cell that the server did not take keeps what was typed, with the server's reason. */
import { useSetAtom } from "jotai";
import { useEffect } from "react";
import { columnOf, ruleOf, type Json, type Lost, type Side, type TableState } from "../doc";
import { writeCondition } from "./editors/condition-text";
import { writeOutput } from "./editors/output-text";
import { putFaultyAtom, type FaultyChange } from "./grid/editing";
import { keyOf } from "./grid/columns";
import { useSaving } from "./state/hooks";
import { useTableModel } from "./state/model";

const CODES = new Set(["cell_invalid", "invalid_value"]);

/** The server names the rule and the place, which the cell itself shows. */
const PLACE = /^Rule [^:]+: /;

/** The cell of a refused operation; null where it is about something else. */
export function faultOf({ code, message, operations }: Lost, state: TableState): FaultyChange | null {
  const [operation] = operations;
  if (!operation || operations.length > 1 || operation.type !== "cell_changed" || !CODES.has(code)) return null;
  const [, rule = "", part, name = ""] = operation.path;
  const side: Side = part === "conditions" ? "input_columns" : "output_columns";
  const column = columnOf(state, side, name);
  if (!column || !ruleOf(state, rule)) return null;
  const cell: Json = operation.new ?? null;
  const text = side === "input_columns" ? writeCondition(cell, column) : writeOutput(cell, column);
  return { rule, key: keyOf(side, name), faulty: { text, fault: message.replace(PLACE, "") } };
}

export function LostSync() {
  const { store } = useTableModel().document;
  const put = useSetAtom(putFaultyAtom);
  const saving = useSaving();
  const lost = saving.kind === "refused" ? saving.lost : null;
  useEffect(() => {
    for (const entry of lost ?? []) {
      const fault = faultOf(entry, store.state());
      if (!fault) continue;
      put([fault]);
      store.dismiss(entry.id);
    }
  }, [lost, store, put]);
  return null;
}
