import type { RefusedCell } from "./atoms";
import type { CellPlace } from "./places";

/** Where the grid has a text that was not taken; priority and annotation: the rule as a whole. */
export function placeOfRefused({ rule, part, column }: RefusedCell): CellPlace {
  return column === "" ? { rule } : { rule, column, side: part === "output" ? "output_columns" : "input_columns" };
}
