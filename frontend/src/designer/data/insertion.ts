/** The expression field that had the focus last: data are inserted there by keyboard. */
export interface InsertionTarget {
  /** Puts an expression at the cursor; the field adds braces where they are needed, and takes the focus. */
  insert(expression: string): void;
}

let target: InsertionTarget | null = null;
const listeners = new Set<() => void>();

/** A field tells that it has the focus. */
export function rememberTarget(field: InsertionTarget): void {
  change(field);
}

/** A field tells that it is gone. */
export function forgetTarget(field: InsertionTarget): void {
  if (target === field) change(null);
}

export function insertionTarget(): InsertionTarget | null {
  return target;
}

/** Whether there was a field to take it. */
export function insertExpression(expression: string): boolean {
  if (!target) return false;
  target.insert(expression);
  return true;
}

/** For `useSyncExternalStore`. */
export function subscribeTarget(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: InsertionTarget | null): void {
  if (target === next) return;
  target = next;
  for (const listener of listeners) listener();
}
