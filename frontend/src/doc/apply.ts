/** State × operations → state, for every kind of document. Pure. */
import { alreadySo, Refusal } from "./refusal";
import type { Draft, Operation } from "./operations";
import type { Resource } from "./resource";
import type { Json } from "./json";

/** All operations or a `Refusal`. */
export function applyAll<State>(resource: Resource<State>, state: State, operations: readonly Draft[]): State {
  return operations.reduce((reached, operation) => resource.apply(reached, operation), state);
}

/** Called with each operation that was applied and what it replaced. */
export type Applied = (operation: Operation, old: Json) => void;

/**
 * What will become of operations that the server has not seen yet: what is already so is passed over, what is refused
 * is left out, and with `whole` takes the others with it. The word of the server decides later.
 */
export function foresee<State>(
  resource: Resource<State>,
  state: State,
  operations: readonly Operation[],
  whole: boolean,
  applied: Applied,
): State {
  let reached = state;
  const done: [Operation, Json][] = [];
  for (const operation of operations) {
    try {
      const next = resource.apply(reached, operation);
      done.push([operation, resource.old(reached, operation)]);
      reached = next;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (whole && !alreadySo(operation.type, error.code)) return state;
    }
  }
  for (const [operation, old] of done) applied(operation, old);
  return reached;
}
