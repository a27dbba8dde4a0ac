/** Commands on columns. */
import { ArrowLeft, ArrowRight, Columns3, LogIn, LogOut, Trash2 } from "lucide-react";
import { placeOfColumn, tableGestures } from "../../doc";
import { _ } from "../../lib/i18n";
import { titleOf, type GridColumn } from "../grid/columns";
import { goTo, say } from "../grid/actions";
import { dialogAtom } from "../state/atoms";
import type { Command, CommandContext } from "./command";

type CellColumn = Extract<GridColumn, { kind: "cell" }>;

function current({ view, selection }: CommandContext): CellColumn | null {
  const column = view.columns[selection.cursor.column];
  return column?.kind === "cell" ? column : null;
}

const writable = ({ readOnly }: CommandContext): boolean => !readOnly;
const mayChange = (context: CommandContext): boolean => writable(context) && current(context) !== null;

function moveBy(context: CommandContext, step: -1 | 1): void {
  const column = current(context);
  if (!column) return;
  const columns = context.state[column.side];
  const at = placeOfColumn(context.state, column.side, column.column.name);
  const after = columns[step < 0 ? at - 2 : at + 1]?.name ?? null;
  if (at + step < 0 || at + step >= columns.length) return;
  const label = _("Move the column {name}", { name: titleOf(column) });
  if (!context.edit((state) => tableGestures.moveColumn(state, column.side, column.column.name, after), { label })) return;
  goTo(context, context.selection.cursor.row, context.selection.cursor.column + step);
  say(context, label);
}

function remove(context: CommandContext): void {
  const column = current(context);
  if (!column) return;
  const label = _("Delete the column {name}", { name: titleOf(column) });
  context.edit((state) => tableGestures.removeColumn(state, column.side, column.column.name), { label });
}

export const columnCommands: readonly Command[] = [
  {
    id: "column.input", group: "columns", icon: LogIn, title: () => _("Add an input"), words: () => _("new column condition when"), enabled: writable,
    run: ({ atoms }) => atoms.set(dialogAtom, { kind: "column", side: "input_columns", name: null }),
  },
  {
    id: "column.output", group: "columns", icon: LogOut, title: () => _("Add an output"), words: () => _("new column answer then"), enabled: writable,
    run: ({ atoms }) => atoms.set(dialogAtom, { kind: "column", side: "output_columns", name: null }),
  },
  {
    id: "column.edit", group: "columns", icon: Columns3, title: () => _("Edit the column"), words: () => _("rename type label allowed values expression"), enabled: mayChange,
    run: (context) => {
      const column = current(context);
      if (column) context.atoms.set(dialogAtom, { kind: "column", side: column.side, name: column.column.name });
    },
  },
  { id: "column.left", group: "columns", icon: ArrowLeft, keys: ["alt+shift+arrowleft"], within: ".decision-grid", title: () => _("Move the column to the front"), enabled: mayChange, run: (context) => moveBy(context, -1) },
  { id: "column.right", group: "columns", icon: ArrowRight, keys: ["alt+shift+arrowright"], within: ".decision-grid", title: () => _("Move the column to the end"), enabled: mayChange, run: (context) => moveBy(context, 1) },
  { id: "column.delete", group: "columns", icon: Trash2, title: () => _("Delete the column"), enabled: mayChange, run: remove },
];
