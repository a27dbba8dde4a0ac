/** Who wants to know of changes. */
export type Listener = () => void;

export class Listeners {
  readonly #all = new Set<Listener>();

  get size(): number {
    return this.#all.size;
  }

  add(listener: Listener): () => void {
    // Wrapped, so that the same function added twice is told and removed by itself.
    const entry = (): void => listener();
    this.#all.add(entry);
    return () => this.#all.delete(entry);
  }

  tell(): void {
    for (const listener of [...this.#all]) listener();
  }
}

/** Listeners of single parts: told when theirs has become another object. */
export class PartListeners {
  readonly #parts = new Map<string, Listeners>();

  add(key: string, listener: Listener): () => void {
    const listeners = this.#parts.get(key) ?? new Listeners();
    this.#parts.set(key, listeners);
    const remove = listeners.add(listener);
    return () => {
      remove();
      if (listeners.size === 0 && this.#parts.get(key) === listeners) this.#parts.delete(key);
    };
  }

  tell(changed: (key: string) => boolean): void {
    for (const [key, listeners] of [...this.#parts]) if (changed(key)) listeners.tell();
  }
}
