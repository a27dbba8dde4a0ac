/** The two lines above the rules: when or then, and the columns. They stay in sight. */
import { EllipsisVertical } from "lucide-react";
import { useSetAtom, useStore } from "jotai";
import { memo, useState, type ReactNode } from "react";
import { isList } from "../../doc/json";
import type { Operator } from "../../doc/table/operators";
import { _ } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { LaterMenu } from "../../ui/LaterMenu";
import { tellNotLoaded } from "../../lib/not-loaded";
import { useCommandMenu } from "../commands/use-commands";
import { operatorText } from "../editors/operator-text";
import { typeName } from "../editors/types";
import { dialogAtom } from "../state/atoms";
import { GUTTER, titleOf, type GridColumn } from "./columns";
import { at, selectionAtom } from "./selection";
import { useColumnDrag } from "./use-column-drag";
import { ResizeHandle } from "./ResizeHandle";
import type { ColumnPlace, ColumnWindow } from "./use-column-window";
import type { GridView } from "./view";

interface HeaderProps {
  readonly view: GridView;
  readonly window: ColumnWindow;
  readonly readOnly: boolean;
}

export const Header = memo(function Header({ view, window, readOnly }: HeaderProps) {
  const drag = useColumnDrag(view.columns, window.all);
  return (
    <div className="grid-head" role="rowgroup">
      <div className="grid-groups" role="row" aria-rowindex={1}>
        <div className="grid-corner" role="columnheader" aria-colindex={1}>
          <span className="visually-hidden">{_("Rule")}</span>
        </div>
        <Group columns={view.columns} all={window.all} side="input_columns" name={_("When")} />
        <Group columns={view.columns} all={window.all} side="output_columns" name={_("Then")} />
      </div>
      <div className="grid-columns" role="row" aria-rowindex={2}>
        <div className="grid-corner" role="columnheader" aria-colindex={1}>
          {_("Rule")}
        </div>
        {window.cells.map((place) => {
          const column = view.columns[place.at];
          return column && <ColumnHead key={column.key} column={column} place={place} readOnly={readOnly} drag={drag} />;
        })}
        {drag.border !== null && <div className="grid-column-drop" aria-hidden="true" style={{ insetInlineStart: GUTTER + drag.border - 1 }} />}
      </div>
    </div>
  );
});

interface GroupProps {
  readonly columns: readonly GridColumn[];
  readonly all: readonly ColumnPlace[];
  readonly side: "input_columns" | "output_columns";
  readonly name: string;
}

function Group({ columns, all, side, name }: GroupProps) {
  const places = all.filter(({ at: place }) => {
    const column = columns[place];
    return column?.kind === "cell" && column.side === side;
  });
  const [first] = places;
  const last = places.at(-1);
  if (!first || !last) return null;
  return (
    <div
      className={classes("grid-group", side === "input_columns" ? "when" : "then")}
      role="columnheader"
      aria-colindex={first.at + 2}
      aria-colspan={places.length}
      style={{ insetInlineStart: GUTTER + first.start, inlineSize: last.start + last.width - first.start }}
    >
      <span>{name}</span>
    </div>
  );
}

interface ColumnHeadProps {
  readonly column: GridColumn;
  readonly place: ColumnPlace;
  readonly readOnly: boolean;
  readonly drag: ReturnType<typeof useColumnDrag>;
}

function ColumnHead({ column, place, readOnly, drag }: ColumnHeadProps) {
  const open = useSetAtom(dialogAtom);
  const isOwn = column.kind === "cell";
  const edit = (): void => {
    if (isOwn && !readOnly) open({ kind: "column", side: column.side, name: column.column.name });
  };
  return (
    <div
      className={classes("grid-column", isOwn && (column.side === "input_columns" ? "when" : "then"))}
      role="columnheader"
      aria-colindex={place.at + 2}
      style={{ insetInlineStart: GUTTER + place.start, inlineSize: place.width }}
      onDoubleClick={edit}
      {...(isOwn && !readOnly ? drag.handle(column) : {})}
    >
      <span className="grid-column-text">
        <span className="grid-column-name" title={titleOf(column)}>
          <bdi>{titleOf(column)}</bdi>
        </span>
        {isOwn && <ColumnFacts column={column} />}
      </span>
      {isOwn && !readOnly && <ColumnMenu column={column} at={place.at} />}
      <ResizeHandle column={column} width={place.width} />
    </div>
  );
}

function ColumnFacts({ column: { column } }: { readonly column: Extract<GridColumn, { kind: "cell" }> }) {
  const { operators, expression } = column;
  const parts: ReactNode[] = [typeName(column.type)];
  if (isList(operators) && operators.length > 0) parts.push(operators.map((each) => operatorText(each as Operator, true)).join(" "));
  if (typeof expression === "string" && expression !== "") parts.push(<code key="expression">{expression}</code>);
  return (
    <span className="grid-column-facts">
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && " · "}
          {part}
        </span>
      ))}
    </span>
  );
}

const ENTRIES = ["column.edit", "column.left", "column.right", "-", "column.delete"];

function ColumnMenu({ column, at: place }: { readonly column: GridColumn; readonly at: number }) {
  const menu = useCommandMenu();
  const atoms = useStore();
  const [items, setItems] = useState(() => menu(ENTRIES));
  // The commands are about the column of the cursor.
  const choose = (): void => {
    const { cursor } = atoms.get(selectionAtom);
    atoms.set(selectionAtom, at(cursor.row, place));
    setItems(menu(ENTRIES));
  };
  return (
    <span className="grid-column-menu" onPointerDownCapture={choose} onKeyDownCapture={(event) => event.key !== "Tab" && choose()} onPointerDown={(event) => event.stopPropagation()}>
      <LaterMenu
        onFail={tellNotLoaded}
        items={items}
        trigger={
          // A grid is one stop of the Tab key; by keyboard the same commands are in the context menu and the palette.
          <button type="button" tabIndex={-1} className="button ghost icon small" aria-label={_("Column {name}", { name: titleOf(column) })}>
            <EllipsisVertical size={14} aria-hidden="true" />
          </button>
        }
      />
    </span>
  );
}
