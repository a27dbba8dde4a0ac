import type { Json } from "./json";
import type { Path } from "./operations";

/** Sentences by place, such as `rules[0].outputs.price`. */
export type Faults = Readonly<Record<string, readonly string[]>>;

export type RefusalCode =
  | "node_exists"
  | "node_not_found"
  | "node_connected"
  | "too_many_nodes"
  | "connection_exists"
  | "connection_not_found"
  | "connection_end_missing"
  | "unknown_field"
  | "path_not_found"
  | "too_many_connections"
  | "unknown_operation"
  | "invalid_path"
  | "invalid_value"
  | "definition_invalid"
  | "value_too_large"
  | "rule_exists"
  | "rule_not_found"
  | "column_exists"
  | "column_not_found"
  | "column_in_use"
  | "cell_invalid"
  | "too_many_rules"
  | "too_many_columns"
  | "table_invalid"
  | "undo_conflict"
  | "nothing_to_undo";

/** An operation that cannot be applied. `code` is the server's word for it, `message` is for people. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: RefusalCode | (string & {}),
    message: string,
    readonly path: Path = [],
    /** What is there instead, where that is known. */
    readonly current: Json = null,
    /** What is wrong with the new value, by place in it, where the server says so. */
    readonly faults: Faults = {},
  ) {
    super(message);
  }
}

const REACHED: Readonly<Record<string, string>> = {
  node_removed: "node_not_found",
  connection_removed: "connection_not_found",
  connection_added: "connection_exists",
  rule_removed: "rule_not_found",
  column_removed: "column_not_found",
};

/** Whether somebody else has already done what was refused: then nothing is lost. */
export function alreadySo(type: string, code: string): boolean {
  return Object.hasOwn(REACHED, type) && REACHED[type] === code;
}
