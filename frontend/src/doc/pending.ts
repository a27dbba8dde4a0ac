/** Groups of operations that the server has not confirmed, and the view of the document with them. Pure. */
import { foresee } from "./apply";
import { same, type Json } from "./json";
import type { Operation } from "./operations";
import type { Faults } from "./refusal";
import type { Resource } from "./resource";

/** What one gesture did. Never changed in place. */
export interface Group {
  readonly id: string;
  /** The order of groups, also after a reload. */
  readonly n: number;
  readonly label: string;
  /** All of it or nothing, as far as one batch goes. */
  readonly whole: boolean;
  /** Sent at least once: from then on it may be in the log, and stays as it is. */
  readonly sent: boolean;
  readonly operations: readonly Operation[];
  /** For undo and redo: the operation that each operation takes back, by op_id. */
  readonly inverts?: Readonly<Record<string, string>>;
  /** Later changes with the same key may take this group's place, such as further typing in one field. */
  readonly merge?: string;
}

/** Something that could not be saved, with all that was typed. */
export interface Lost {
  readonly id: string;
  readonly n: number;
  readonly label: string;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  /** What the document has there. */
  readonly current: Json;
  readonly operations: readonly Operation[];
  /** The one among them that the server said no to, and what is wrong with its value, where that is known. */
  readonly refused?: string;
  readonly faults?: Faults;
}

export interface Replay<State> {
  readonly state: State;
  readonly groups: readonly Group[];
  /** What each operation replaces, by op_id; without those that do not fit at present. */
  readonly olds: ReadonlyMap<string, Json>;
}

/** The operation with another value; itself when it removes or says the same already. */
function withValue(operation: Operation, value: Json): Operation {
  return operation.new === undefined || same(operation.new, value) ? operation : { ...operation, new: value };
}

/** An undo that has not been sent restores what its operations really replaced, as that becomes known. */
export function restoring(group: Group, olds: ReadonlyMap<string, Json>): Group {
  const { inverts } = group;
  if (!inverts || group.sent) return group;
  const operations = group.operations.map((operation) => {
    const source = inverts[operation.op_id];
    const old = source === undefined ? undefined : olds.get(source);
    return old === undefined ? operation : withValue(operation, old);
  });
  return operations.every((operation, at) => operation === group.operations[at]) ? group : { ...group, operations };
}

/** The groups on top of a state. */
export function replay<State>(resource: Resource<State>, from: State, groups: readonly Group[]): Replay<State> {
  const olds = new Map<string, Json>();
  // What was sent may be part of the state already: then only its event tells what it replaced.
  const unsent = new Map<string, Json>();
  let state = from;
  const next = groups.map((group) => {
    const current = restoring(group, unsent);
    state = foresee(resource, state, current.operations, current.whole, (operation, old) => {
      olds.set(operation.op_id, old);
      if (!group.sent) unsent.set(operation.op_id, old);
    });
    return current;
  });
  return { state, groups: next, olds };
}

function filtered(groups: readonly Group[], stays: (operation: Operation, group: Group) => boolean): Group[] {
  return groups.flatMap((group) => {
    const operations = group.operations.filter((operation) => stays(operation, group));
    if (operations.length === group.operations.length) return [group];
    return operations.length === 0 ? [] : [{ ...group, operations }];
  });
}

/** The groups without operations that are in the log. */
export function settled(groups: readonly Group[], ids: ReadonlySet<string>): Group[] {
  return filtered(groups, ({ op_id }) => !ids.has(op_id));
}

/** The groups without operations that will never be, and without what would have taken those back. */
export function without(groups: readonly Group[], gone: ReadonlySet<string>): Group[] {
  return filtered(groups, ({ op_id }, { inverts, sent }) => {
    const source = inverts?.[op_id];
    return !gone.has(op_id) && (source === undefined || sent || !gone.has(source));
  });
}

/** Whether an operation of the group takes one back that is pending itself. */
export function waitsFor(group: Group, pending: ReadonlySet<string>): boolean {
  return Object.values(group.inverts ?? {}).some((source) => pending.has(source));
}

export function idsOf(groups: readonly Group[]): Set<string> {
  return new Set(groups.flatMap(({ operations }) => operations.map(({ op_id }) => op_id)));
}
