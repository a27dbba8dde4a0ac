/** Opens the table, then shows its designer; says what to do when that fails. */
import { QueryClientProvider } from "@tanstack/react-query";
import { createStore, Provider } from "jotai";
import { useMemo } from "react";
import { Failsafe } from "../document/Failsafe";
import { Problem } from "../document/Problem";
import { useOpened } from "../document/use-opened";
import { _ } from "../lib/i18n";
import { keptWidths, widthsAtom } from "./grid/widths";
import { mayWriteAtom } from "./state/atoms";
import { openTable, TableContext, type TableModel } from "./state/model";
import type { TableDesignerProps } from "./state/props";
import { TableDesigner } from "./TableDesigner";

export function TableDesignerPage(props: TableDesignerProps) {
  const { model, problem, again } = useOpened(() => openTable(props));
  if (problem !== null) return <Problem title={_("This decision table could not be opened")} text={problem} again={again} />;
  return model ? <Opened model={model} /> : <div className="designer table-designer" aria-busy="true" />;
}

function Opened({ model }: { readonly model: TableModel }) {
  const atoms = useMemo(() => {
    const made = createStore();
    made.set(mayWriteAtom, model.props.rights.write);
    made.set(widthsAtom, keptWidths(model.props.table.id));
    return made;
  }, [model]);
  return (
    <TableContext value={model}>
      <Provider store={atoms}>
        <QueryClientProvider client={model.queries}>
          <Failsafe>
            <TableDesigner />
          </Failsafe>
        </QueryClientProvider>
      </Provider>
    </TableContext>
  );
}
