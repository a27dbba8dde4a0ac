/** How two tables fit together at first sight: by columns of the same name. */
import type { TableState } from "../../../doc";
import type { FoundTable } from "../../server/calls";
import type { Requirement } from "../../server/types";

export function suggested(other: FoundTable, table: TableState): Requirement {
  const own = new Set(table.input_columns.map(({ name }) => name));
  const provided = other.output_columns.map(({ name }) => name).filter((name) => own.has(name));
  const given = other.input_columns.map(({ name }) => name);
  return {
    table: other.name,
    inputs: Object.fromEntries(given.map((name) => [name, name])),
    provides: Object.fromEntries(provided.map((name) => [name, name])),
  };
}
