/** Every change that a person makes to the table goes through `edit`. */
import { useAtomValue } from "jotai";
import { useCallback } from "react";
import type { Draft, TableState } from "../../doc";
import type { CommitOptions } from "../../doc/commit";
import { commitGesture } from "../../document/commit-gesture";
import { TABLE_LIMITS } from "../../doc";
import { _, number } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import { readOnlyAtom } from "./atoms";
import { useTableModel, type TableModel } from "./model";

export type Gesture = (state: TableState) => readonly Draft[];
/** Whether something was changed. `label` is what undo calls it. Gestures: `tableGestures` of `doc`. */
export type Edit = (gesture: Gesture, options: CommitOptions & { label: string }) => boolean;

/** What people call it; the document's own words are the contract's. */
const REFUSED: Readonly<Record<string, () => string>> = {
  too_many_rules: () => _("A table has at most {n} rules.", { n: number(TABLE_LIMITS.rules) }),
  too_many_columns: () => _("A table has at most {n} columns.", { n: number(TABLE_LIMITS.columns) }),
  column_exists: () => _("There is a column with this name."),
  column_in_use: () => _("Another table provides this column; take that away first."),
  cell_invalid: () => _("Some values do not fit the new type. Change them first."),
};

export function editOf({ document }: TableModel, readOnly: boolean): Edit {
  return (gesture, options) => {
    if (readOnly) {
      toast(_("You are looking at this table: it cannot be changed here."), "info");
      return false;
    }
    return commitGesture(document, gesture, options, REFUSED);
  };
}

export function useEdit(): Edit {
  const model = useTableModel();
  const readOnly = useAtomValue(readOnlyAtom);
  return useCallback((gesture, options) => editOf(model, readOnly)(gesture, options), [model, readOnly]);
}
