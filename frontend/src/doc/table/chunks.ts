/** Rules in pieces that one operation can carry, its event's old value too. */
import { sizeOf, type Json } from "../json";
import { LIMITS } from "../operations";

/** Room for what stood there before, and for places. */
const MOST_BYTES = LIMITS.valueBytes / 2;
const MOST_RULES = 1_000;

type Entry = readonly [id: string, rule: Json];

export function chunks(entries: readonly Entry[]): Entry[][] {
  const made: Entry[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = sizeOf(entry[1]) + 2 * sizeOf(entry[0]);
    if (bytes + size > MOST_BYTES || (made.at(-1)?.length ?? 0) >= MOST_RULES) {
      made.push([]);
      bytes = 0;
    }
    made.at(-1)?.push(entry);
    bytes += size;
  }
  return made;
}
