/** A cell that the server did not take keeps what was typed, with the server's reason; the rest of its gesture is done. */
import { useStore } from "jotai";
import { useEffect } from "react";
import { columnOf, Refusal, ruleOf, type Lost, type Side, type TableState } from "../doc";
import { salvaged, type BadCell } from "../doc/table/salvage";
import { _n } from "../lib/i18n";
import type { CommandContext } from "./commands/command";
import { writeCondition } from "./editors/condition-text";
import { writeOutput } from "./editors/output-text";
import { keyOf } from "./grid/columns";
import type { FaultyChange } from "./grid/editing";
import { useKeptTexts } from "./grid/kept-texts";
import { showTexts } from "./grid/text-steps";
import { saidAtom } from "./state/atoms";
import { useSaving } from "./state/hooks";
import { useTableModel, type TableModel } from "./state/model";

const CODES = new Set(["cell_invalid", "invalid_value"]);

/** The server names the rule and the place, which the cell itself shows. */
const PLACE = /^Rule [^:]+: /;

/** The cell of a refused operation; null where it is about something else. */
export function faultOf({ code, message, operations }: Lost, state: TableState): FaultyChange | null {
  const [operation] = operations;
  if (!operation || operations.length > 1 || operation.type !== "cell_changed" || !CODES.has(code)) return null;
  const [, rule = "", part, name = ""] = operation.path;
  const side: Side = part === "conditions" ? "input_columns" : "output_columns";
  if (!ruleOf(state, rule)) return null;
  return shownOf({ rule, side, column: name, cell: operation.new ?? null, fault: message.replace(PLACE, "") }, state);
}

function shownOf({ rule, side, column: name, cell, fault }: BadCell, state: TableState): FaultyChange | null {
  const column = columnOf(state, side, name);
  if (!column) return null;
  const text = side === "input_columns" ? writeCondition(cell, column) : writeOutput(cell, column);
  return { rule, key: keyOf(side, name), faulty: { text, fault } };
}

/** Does what of a refused gesture can be done. The texts that cannot; null where it is about something else than cells. */
function doneInPart({ document }: TableModel, { code, label, operations, refused, faults }: Lost): readonly FaultyChange[] | null {
  const salvage = CODES.has(code) ? salvaged(document.store.state(), operations, refused, faults) : null;
  if (!salvage) return null;
  try {
    document.history.commit(salvage.drafts, { label, whole: true });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
  return salvage.bad.flatMap((cell) => shownOf(cell, document.store.state()) ?? []);
}

/** False: it is left to the dialog of what was not taken. */
export function settleLost(atoms: CommandContext["atoms"], model: TableModel, entry: Lost): boolean {
  const { store, history } = model.document;
  const fault = faultOf(entry, store.state());
  const { top } = history;
  const texts = fault ? [fault] : doneInPart(model, entry);
  if (!texts) return false;
  store.dismiss(entry.id);
  showTexts(atoms, model, texts, { label: entry.label, joined: history.top !== top });
  atoms.set(saidAtom, `${_n("{n} cell not taken", "{n} cells not taken", texts.length)}.`);
  return true;
}

export function LostSync() {
  useKeptTexts();
  const model = useTableModel();
  const atoms = useStore();
  const saving = useSaving();
  const lost = saving.kind === "refused" ? saving.lost : null;
  useEffect(() => {
    for (const entry of lost ?? []) settleLost(atoms, model, entry);
  }, [lost, model, atoms]);
  return null;
}
