/** Items as rows of a real table, their fields as columns. Only the rows in sight are in the page. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Json, JsonObject } from "../doc/json";
import { _ } from "../lib/i18n";
import { CellDetail } from "./CellDetail";
import { Marked } from "./Marked";
import { cellText, columnsOf, columnType, MAX_COLUMNS, plainText } from "./rows";
import { useCellKeys, type Cell } from "./use-cell-keys";
import { useRows } from "./use-rows";
import "./data-parts.css";

export interface ItemTableProps {
  readonly label: string;
  readonly rows: readonly JsonObject[];
  /** Position of each row among all items, from 0; without it rows are not filtered. */
  readonly positions?: readonly number[] | undefined;
  readonly search?: string | undefined;
  readonly noFields?: string | undefined;
  /** What else can be done with a cell; stands in its detail. */
  readonly actions?: ((path: readonly (string | number)[], value: Json) => ReactNode) | undefined;
}

const ROW = 30;
const HEAD = 32;

export function ItemTable({ label, rows, positions, search = "", noFields, actions }: ItemTableProps) {
  const columns = useMemo(() => columnsOf(rows), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Cell | null>(null);
  const list = useRows({ count: rows.length, height: ROW, scroller, head: HEAD });
  const width = Math.max(columns.length, 1) + 1;
  const grid = useCellKeys({ rows: rows.length, columns: width, scroller, show: (row) => list.scrollToIndex(row, { align: "auto" }), open: setOpened });
  useEffect(() => setOpened(null), [rows]);
  const items = list.getVirtualItems();
  const above = (items[0]?.start ?? HEAD) - HEAD;
  const below = list.getTotalSize() - ((items.at(-1)?.end ?? HEAD) - HEAD);
  const name = opened && opened.column > 0 ? columns[opened.column - 1] : undefined;
  const shown = opened && name !== undefined ? rows[opened.row]?.[name] : undefined;
  return (
    <div className="item-table">
      {columns.length === MAX_COLUMNS && <p className="data-note">{_("Only the first {n} fields are shown; JSON has them all.", { n: MAX_COLUMNS })}</p>}
      <div className="item-table-scroll" ref={scroller}>
        <table className="table" role="grid" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={width} onKeyDown={grid.onKeyDown} onFocus={grid.onFocus}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className="index">
                #
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  <bdi>{plainText(column)}</bdi>{" "}
                  <span className="type">{columnType(rows, column)}</span>
                </th>
              ))}
              {columns.length === 0 && <th scope="col">–</th>}
            </tr>
          </thead>
          <tbody>
            <Space height={above} width={width} />
            {items.map(({ index }) => (
              <tr key={index} aria-rowindex={index + 2}>
                <td className="index" {...grid.cell(index, 0)}>
                  {(positions?.[index] ?? index) + 1}
                </td>
                {columns.map((column, at) => (
                  <ItemCell key={column} value={rows[index]?.[column]} search={search} ids={grid.cell(index, at + 1)} open={() => setOpened({ row: index, column: at + 1 })} />
                ))}
                {columns.length === 0 && (
                  <td className="absent" {...grid.cell(index, 1)}>
                    {noFields ?? _("This item has no fields.")}
                  </td>
                )}
              </tr>
            ))}
            <Space height={below} width={width} />
          </tbody>
        </table>
      </div>
      {opened && name !== undefined && shown !== undefined && (
        <CellDetail path={[positions?.[opened.row] ?? opened.row, name]} value={shown} actions={actions} close={() => (setOpened(null), grid.focus())} />
      )}
    </div>
  );
}

interface ItemCellProps {
  readonly value: Json | undefined;
  readonly search: string;
  readonly ids: object;
  readonly open: () => void;
}

function ItemCell({ value, search, ids, open }: ItemCellProps) {
  if (value === undefined) {
    return (
      <td className="absent" {...ids}>
        –
      </td>
    );
  }
  const text = cellText(value);
  return (
    <td className={value === null ? "absent" : undefined} title={text} onClick={open} {...ids}>
      <bdi>
        <Marked text={text} search={search} />
      </bdi>
    </td>
  );
}

/** Stands for the rows out of sight. */
function Space({ height, width }: { readonly height: number; readonly width: number }) {
  return height > 0 ? (
    <tr aria-hidden="true" className="item-table-space">
      <td colSpan={width} style={{ blockSize: height }} />
    </tr>
  ) : null;
}
