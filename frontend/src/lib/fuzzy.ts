/** Finding by a few letters: words that begin so come first, letters in order somewhere come last. */

/** How well the text has the query: 0 is not at all. Both in any case. */
export function likeness(query: string, text: string): number {
  const wanted = query.trim().toLowerCase();
  const found = text.toLowerCase();
  if (wanted === "") return 1;
  if (found === wanted) return 100;
  if (found.startsWith(wanted)) return 80;
  if (new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(wanted)}`, "u").test(found)) return 60;
  if (found.includes(wanted)) return 40;
  return isInOrder(wanted, found) ? 15 : 0;
}

/** A text that is searched, and what it counts. */
export type Searched = readonly [text: string, weight: number];

/** How well an entry with several texts has the query. Only the first text may have its letters scattered. */
export function entryLikeness(query: string, texts: readonly Searched[]): number {
  const words = query.trim().split(/\s+/);
  let sum = 0;
  for (const word of words) {
    const scores = texts.map(([text, weight], at) => {
      const score = likeness(word, text);
      return at > 0 && score < 40 ? 0 : score * weight;
    });
    const best = Math.max(0, ...scores);
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function isInOrder(wanted: string, text: string): boolean {
  let from = 0;
  for (const letter of wanted) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}
