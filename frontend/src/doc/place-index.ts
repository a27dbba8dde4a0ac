/** Where entries stand in their list; made once a list. */
type Places = ReadonlyMap<string, number>;

export class PlaceIndex<Entry> {
  readonly #made = new WeakMap<readonly Entry[], Places>();

  constructor(readonly key: (entry: Entry) => string) {}

  of(entries: readonly Entry[]): Places {
    let places = this.#made.get(entries);
    if (!places) {
      places = new Map(entries.map((entry, at) => [this.key(entry), at]));
      this.#made.set(entries, places);
    }
    return places;
  }

  /** The list with another entry under the same key; the places stay as they are. */
  with(entries: readonly Entry[], at: number, entry: Entry): readonly Entry[] {
    const next = entries.with(at, entry);
    this.#made.set(next, this.of(entries));
    return next;
  }
}
