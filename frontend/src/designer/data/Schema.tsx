import { useMemo, useState } from "react";
import { flipped, ValueText } from "../../data-view/JsonTree";
import { Marked } from "../../data-view/Marked";
import { plainText } from "../../data-view/rows";
import { TreeList } from "../../data-view/TreeList";
import type { Json } from "../../doc/json";
import { typeWord } from "../expressions/text";
import { schemaRows, searchSchema, type SchemaRow } from "./schema";
import type { PathChoice } from "./PathBar";
import "./data.css";

export interface SchemaProps {
  readonly label: string;
  readonly items: readonly Json[];
  readonly search?: string | undefined;
  /** What happens to the fields: dragging, inserting, showing where one is. */
  readonly choice: PathChoice;
  readonly levels?: number | undefined;
}

const GLYPHS: Readonly<Record<string, string>> = { text: "T", number: "#", boolean: "?", list: "[]", object: "{}", nothing: "∅" };

/** The fields of items as a tree; each can be dragged into an expression, or put there by Enter. */
export function Schema({ label, items, search = "", choice, levels = 1 }: SchemaProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(
    () => (search ? searchSchema(items, search) : schemaRows(items, { toggled, levels })),
    [items, search, toggled, levels],
  );
  return (
    <TreeList
      label={label}
      className="schema"
      rows={rows}
      toggle={({ id }) => setToggled((before) => flipped(before, id))}
      onCurrent={({ path, sample }) => choice.show(path, sample)}
      onChoose={({ path }) => choice.insert(path)}
      onDragStart={choice.drag && (({ path }: SchemaRow, data) => choice.drag?.(path, data))}
      render={(row) => (
        <>
          <span className="schema-glyph" data-kind={row.kind} role="img" aria-label={typeWord(row.kind)}>
            {GLYPHS[row.kind] ?? "?"}
          </span>
          <span className="tree-key">{typeof row.key === "number" ? `[${row.key}]` : <Marked text={plainText(row.key)} search={search} />}</span>
          {row.isOpen !== true && <ValueText value={row.sample} search={search} />}
        </>
      )}
    />
  );
}
