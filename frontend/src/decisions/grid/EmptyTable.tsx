/** A table without columns: what to do first. */
import { Table2 } from "lucide-react";
import { useAtomValue } from "jotai";
import { newUuid, tableGestures, type ColumnState, type RuleState } from "../../doc";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { useRun } from "../commands/use-commands";
import { readOnlyAtom } from "../state/atoms";
import { useEdit } from "../state/edit";

type Condition = readonly [column: string, operator: string, value: string | number];

function example(conditions: readonly Condition[], price: number, discount: number): RuleState {
  const made = conditions.map(([column, operator, value]) => ({ column, operator, value }));
  return { id: newUuid(), conditions: made, outputs: { price, discount } };
}

/** Prices by quantity and by what kind of customer it is. */
function exampleTable(): { readonly inputs: readonly ColumnState[]; readonly outputs: readonly ColumnState[]; readonly rules: readonly RuleState[] } {
  const premium: Condition = ["customer_tier", "==", "premium"];
  const many: Condition = ["quantity", ">=", 100];
  return {
    inputs: [
      { name: "quantity", type: "number", label: _("Quantity"), operators: [">=", "<"] },
      { name: "customer_tier", type: "string", label: _("Customer tier"), operators: ["=="] },
    ],
    outputs: [
      { name: "price", type: "number", label: _("Unit price") },
      { name: "discount", type: "number", label: _("Discount %") },
    ],
    rules: [example([premium, many], 8.5, 15), example([premium], 9.5, 10), example([many], 9, 10)],
  };
}

export function EmptyTable() {
  const run = useRun();
  const edit = useEdit();
  const readOnly = useAtomValue(readOnlyAtom);
  const start = (): void => {
    const { inputs, outputs, rules } = exampleTable();
    const columns = (side: "input_columns" | "output_columns", list: readonly ColumnState[]) =>
      list.map((column, at) => ({ type: "column_added", path: [side, column.name], new: { column, after: list[at - 1]?.name ?? null } }));
    edit(
      (state) => [...columns("input_columns", inputs), ...columns("output_columns", outputs), ...tableGestures.addRules(rules, null), ...tableGestures.setSetting(state, "default_outputs", { price: 10, discount: 0 })],
      { label: _("Start from the example") },
    );
  };
  if (readOnly) return <EmptyState icon={<Table2 size={20} />} title={_("This table is empty")} text={_("Nobody has written rules here yet.")} />;
  return (
    <EmptyState
      icon={<Table2 size={20} />}
      title={_("What decides, and what is decided?")}
      text={_("Add an input for each fact that decides, and an output for each answer. Then write rules: when this, then that.")}
      actions={
        <>
          <Button variant="primary" onClick={() => run("column.input")}>
            {_("Add an input")}
          </Button>
          <Button onClick={() => run("column.output")}>{_("Add an output")}</Button>
          <Button variant="ghost" onClick={start}>
            {_("Start from the example")}
          </Button>
        </>
      }
    />
  );
}
