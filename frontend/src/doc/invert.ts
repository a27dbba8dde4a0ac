/** Taking operations back, by what they replaced. Pure. */
import type { Json } from "./json";
import type { Draft, Operation } from "./operations";
import type { Resource } from "./resource";

export type Olds = ReadonlyMap<string, Json>;

/** One change of an inverse group, and the operation that it takes back. */
export interface Inverse {
  readonly draft: Draft;
  readonly of: string;
}

/** The changes that take a group back: the last first, each with the value that was there before. */
export function invert<State>(resource: Resource<State>, operations: readonly Operation[], olds: Olds): Inverse[] {
  return operations
    .filter((operation) => olds.has(operation.op_id))
    .map((operation) => ({
      draft: resource.inverse(operation, olds.get(operation.op_id) ?? null),
      of: operation.op_id,
    }))
    .reverse();
}
