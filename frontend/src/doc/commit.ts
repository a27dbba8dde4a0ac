/** New groups: fresh ids, limits, and typing that goes on in one group. */
import type { Draft, Operation } from "./operations";
import type { Group } from "./pending";

export interface CommitOptions {
  readonly label?: string;
  /** False for what makes sense in part, such as moving many nodes. */
  readonly whole?: boolean;
  /** Takes the place of the last group when that has the same key and paths and was never sent. */
  readonly merge?: string;
  /** For undo and redo: what each draft takes back. */
  readonly inverts?: readonly string[];
}

/** Whether the drafts only go on with what the group does. */
export function continues(group: Group | undefined, drafts: readonly Draft[], options: CommitOptions): group is Group {
  if (!group || group.sent || options.merge === undefined || group.merge !== options.merge) return false;
  if (group.operations.length !== drafts.length) return false;
  return drafts.every(({ type, path }, at) => {
    const before = group.operations[at];
    return before?.type === type && before.path.length === path.length && path.every((key, i) => key === before.path[i]);
  });
}

export function newGroup(
  drafts: readonly Draft[],
  options: CommitOptions,
  place: { readonly id: string; readonly n: number },
  newId: () => string,
): Group {
  const operations: Operation[] = drafts.map((draft) => ({ ...draft, op_id: newId() }));
  const { inverts, merge } = options;
  const taken = inverts && Object.fromEntries(operations.map(({ op_id }, at) => [op_id, inverts[at] ?? ""]));
  return {
    ...place,
    label: options.label ?? "",
    whole: options.whole ?? true,
    sent: false,
    operations,
    ...(taken && { inverts: taken }),
    ...(merge !== undefined && { merge }),
  };
}
