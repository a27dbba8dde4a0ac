/** What events of the log do to groups that are pending. Pure. */
import { overlap, type DocumentEvent } from "./operations";
import { idsOf, restoring, settled, waitsFor, type Group } from "./pending";
import { Refusal } from "./refusal";

/** Where the reading of events has come to, and what observers are to be told of it. */
export interface Reading<State> {
  seq: number;
  state: State;
  groups: readonly Group[];
  readonly told: (() => void)[];
}

/** The groups once an operation of theirs is in the log; what takes it back learns what it replaced. */
export function acknowledge(groups: readonly Group[], event: DocumentEvent): Group[] {
  const known = groups.map((group) => restoring(group, new Map([[event.op_id, event.old]])));
  return settled(known, new Set([event.op_id]));
}

/** Undos not sent yet whose place somebody else has changed after what they take back. */
export function overtakenBy(groups: readonly Group[], event: DocumentEvent): Group[] {
  const undos = groups.filter((group) => group.inverts && !group.sent);
  if (undos.length === 0) return undos;
  const pending = idsOf(groups);
  return undos.filter(
    (group) => !waitsFor(group, pending) && group.operations.some(({ path }) => overlap(path, event.path)),
  );
}

export function conflict(event: DocumentEvent): Refusal {
  return new Refusal("undo_conflict", "Somebody else has changed this since.", event.path, event.new);
}
