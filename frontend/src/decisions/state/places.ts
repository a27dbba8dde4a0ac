/** How parts of a table are named. */
export type Side = "input_columns" | "output_columns";

/** A rule, or one of its cells. */
export interface CellPlace {
  readonly rule: string;
  /** Left out: the rule as a whole. */
  readonly column?: string;
  /** Left out: looked for among the inputs first. */
  readonly side?: Side;
}
