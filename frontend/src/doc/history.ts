/** Undo and redo of one person in one tab: a gesture is one step. */
import type { CommitOptions } from "./commit";
import { invert } from "./invert";
import type { Json } from "./json";
import { Listeners, type Listener } from "./listeners";
import { overlap, type DocumentEvent, type Draft, type Operation } from "./operations";
import type { Group } from "./pending";
import { conflict } from "./reading";
import { Refusal } from "./refusal";
import type { DocumentStore, Observer } from "./store";

const STEPS = 200;

interface Step {
  readonly id: string;
  readonly label: string;
  operations: readonly Operation[];
  /** What the server says that the operations replaced: those that are in the log. */
  readonly olds: Map<string, Json>;
  conflict: Refusal | null;
}

export type Undone = { readonly done: true; readonly label: string } | { readonly done: false; readonly refusal: Refusal };

export class History<State> implements Observer {
  #undo: Step[] = [];
  #redo: Step[] = [];
  readonly #listeners = new Listeners();
  readonly #stop: () => void;

  constructor(readonly store: DocumentStore<State>) {
    this.#stop = store.observe(this);
  }

  /** Which step `undo` would take back; null when there is none. */
  get top(): string | null {
    return this.#undo.at(-1)?.id ?? null;
  }

  /** The label of what `undo` would take back; null when there is nothing. */
  get undoable(): string | null {
    return this.#undo.at(-1)?.label ?? null;
  }

  get redoable(): string | null {
    return this.#redo.at(-1)?.label ?? null;
  }

  subscribe = (listener: Listener): (() => void) => this.#listeners.add(listener);

  close(): void {
    this.#stop();
  }

  /** `DocumentStore.commit`, remembered. */
  commit(drafts: readonly Draft[], options: CommitOptions = {}): Group | null {
    const group = this.store.commit(drafts, options);
    if (!group) return null;
    const last = this.#undo.at(-1);
    if (last?.id === group.id) last.operations = group.operations;
    else this.#undo = [...this.#undo.slice(1 - STEPS), stepOf(group)];
    this.#redo = [];
    this.#listeners.tell();
    return group;
  }

  undo(): Undone {
    return this.#reverse(this.#undo, this.#redo);
  }

  redo(): Undone {
    return this.#reverse(this.#redo, this.#undo);
  }

  /** A step that cannot be taken back is gone, so that the one before it can be reached. */
  #reverse(from: Step[], to: Step[]): Undone {
    const step = from.pop();
    if (!step) return { done: false, refusal: new Refusal("nothing_to_undo", "There is nothing to take back.") };
    try {
      to.push(stepOf(this.#inverseOf(step)));
      return { done: true, label: step.label };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { done: false, refusal: error };
    } finally {
      this.#listeners.tell();
    }
  }

  #inverseOf(step: Step): Group {
    if (step.conflict) throw step.conflict;
    const olds = new Map([...this.store.olds, ...step.olds]);
    const inverses = invert(this.store.resource, step.operations, olds);
    const group =
      inverses.length === step.operations.length &&
      this.store.commit(
        inverses.map(({ draft }) => draft),
        { label: step.label, inverts: inverses.map(({ of }) => of) },
      );
    // A step that others' changes leave without effect at present cannot be taken back either.
    if (!group) throw new Refusal("undo_conflict", "Somebody else has changed this since.", step.operations[0]?.path);
    return group;
  }

  acknowledged(event: DocumentEvent): void {
    for (const step of [...this.#undo, ...this.#redo]) {
      if (step.operations.some(({ op_id }) => op_id === event.op_id)) step.olds.set(event.op_id, event.old);
    }
  }

  foreign(event: DocumentEvent): void {
    const touched = ({ op_id, path }: Operation, step: Step): boolean =>
      step.olds.has(op_id) && overlap(path, event.path);
    for (const step of [...this.#undo, ...this.#redo]) {
      if (step.operations.some((operation) => touched(operation, step))) step.conflict ??= conflict(event);
    }
  }

  dropped(ids: ReadonlySet<string>): void {
    const rest = (step: Step): boolean => {
      step.operations = step.operations.filter(({ op_id }) => !ids.has(op_id));
      return step.operations.length > 0;
    };
    this.#undo = this.#undo.filter(rest);
    this.#redo = this.#redo.filter(rest);
    this.#listeners.tell();
  }

  /** Another document: what was done to the one before cannot be taken back in it. */
  reset(): void {
    this.#undo = [];
    this.#redo = [];
    this.#listeners.tell();
  }
}

function stepOf(group: Group): Step {
  return { id: group.id, label: group.label, operations: group.operations, olds: new Map(), conflict: null };
}
