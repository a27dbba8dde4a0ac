/** What the store must know about a kind of document; the workflow's is in `workflow/`. */
import type { Json } from "./json";
import type { Draft, Path } from "./operations";

export interface Resource<State> {
  /** The state after an operation; throws a `Refusal`. Untouched parts keep their identity. */
  apply(state: State, operation: Draft): State;
  /** What the operation would replace, null where there is nothing: the `old` of its event. */
  old(state: State, operation: Draft): Json;
  /** The change that takes an operation back, given what it replaced. */
  inverse(operation: Draft, old: Json): Draft;
  /** A part that can be watched by itself, such as one node; undefined when it is not there. */
  part(state: State, key: string): unknown;
  /** `after` with the identity of what says the same as in `before`. */
  share(before: State, after: State): State;
  /** Throws a `Refusal` for what the server would refuse in any state: too large, too deep. */
  check(operation: Draft): void;
  /** Whether the operation puts another document in the place of this one. */
  replaces(path: Path): boolean;
}
