/** What each operation on a table does, and what it replaces. One entry a type. */
import type { Json } from "../json";
import type { Draft } from "../operations";
import type { TableState } from "./state";

export interface Kind {
  /** The state after the operation; throws a `Refusal`. */
  readonly apply: (state: TableState, operation: Draft) => TableState;
  /** What it replaces: the `old` of its event. */
  readonly old: (state: TableState, operation: Draft) => Json;
  /** The type that takes it back; itself unless told otherwise. */
  readonly inverse?: string;
}

export function valueOf(operation: Draft): Json {
  return operation.new ?? null;
}
