/** JSON as a tree that opens level by level; what is large or deep is only drawn where somebody looks. */
import { useMemo, useState } from "react";
import type { Json } from "../doc/json";
import { _n } from "../lib/i18n";
import { isList, isObject } from "../doc/json";
import { Marked } from "./Marked";
import { cellText, plainText } from "./rows";
import { rowsOf, sizeOfValue, type TreeRow } from "./tree-rows";
import { TreeList } from "./TreeList";

export interface JsonTreeProps {
  readonly label: string;
  /** Each is a root. */
  readonly values: readonly Json[];
  /** What the roots are called; their position without it. */
  readonly names?: readonly (string | number)[] | undefined;
  readonly levels?: number | undefined;
  readonly search?: string | undefined;
  readonly onChoose?: ((row: TreeRow) => void) | undefined;
  readonly onCurrent?: ((row: TreeRow) => void) | undefined;
  readonly onDragStart?: ((row: TreeRow, data: DataTransfer) => void) | undefined;
}

export function JsonTree({ label, values, names, levels = 2, search = "", onChoose, onCurrent, onDragStart }: JsonTreeProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsOf(values, { toggled, levels }), [values, toggled, levels]);
  const toggle = ({ id }: TreeRow): void => setToggled((before) => flipped(before, id));
  const nameOf = ({ depth, key }: TreeRow): string => plainText(String(depth === 0 ? (names?.[Number(key)] ?? key) : key));
  return (
    <TreeList
      label={label}
      className="json-tree"
      rows={rows}
      toggle={toggle}
      onChoose={onChoose}
      onCurrent={onCurrent}
      onDragStart={onDragStart}
      render={(row) => (
        <>
          <span className="tree-key">
            <Marked text={nameOf(row)} search={search} />
          </span>
          <ValueText value={row.value} isOpen={row.isOpen === true} search={search} />
        </>
      )}
    />
  );
}

/** A value in one line, coloured by its type; an open one only says how much is in it. */
export function ValueText({ value, isOpen, search = "" }: { readonly value: Json; readonly isOpen?: boolean; readonly search?: string }) {
  if (isOpen && (isList(value) || isObject(value))) {
    const size = sizeOfValue(value);
    return <span className="tree-size">{isList(value) ? _n("{n} entry", "{n} entries", size) : _n("{n} field", "{n} fields", size)}</span>;
  }
  const text = cellText(value);
  return (
    <bdi className="tree-value" data-type={isList(value) ? "list" : value === null ? "null" : typeof value}>
      <Marked text={typeof value === "string" ? `"${text}"` : text} search={search} />
    </bdi>
  );
}

export function flipped(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
