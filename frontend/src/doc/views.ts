/** Parts and answers of a document in the form that `useSyncExternalStore` takes. */
import type { Listener } from "./listeners";
import type { DocumentStore } from "./store";

/** `useSyncExternalStore(view.subscribe, view.snapshot)`: the same object until something has changed. */
export interface View<Value> {
  readonly subscribe: (listener: Listener) => () => void;
  readonly snapshot: () => Value;
}

/** One part, such as one node (`node:…`): its listeners sleep while others change. */
export function partView<State, Value>(store: DocumentStore<State>, key: string): View<Value | undefined> {
  return {
    subscribe: (listener) => store.subscribePart(key, listener),
    snapshot: () => store.part(key) as Value | undefined,
  };
}

/** An answer made from the whole state; an equal answer keeps its identity. */
export function selectView<State, Value>(
  store: DocumentStore<State>,
  select: (state: State) => Value,
  equal: (left: Value, right: Value) => boolean = Object.is,
): View<Value> {
  let made: { readonly from: State; readonly value: Value } | null = null;
  const snapshot = (): Value => {
    const from = store.state();
    if (made?.from === from) return made.value;
    const value = select(from);
    made = { from, value: made && equal(made.value, value) ? made.value : value };
    return made.value;
  };
  return { subscribe: store.subscribe, snapshot };
}

/** For `selectView`: two lists of the same things. */
export function sameList<Entry>(left: readonly Entry[], right: readonly Entry[]): boolean {
  return left.length === right.length && left.every((entry, at) => Object.is(entry, right[at]));
}
