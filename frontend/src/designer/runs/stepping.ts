/** Going through a run step by step: `null` is its end, 0 is before its first step. */
export type Moment = number | null;

/** The moment after a key or button; at the last step it is the end again. */
export function moved(at: Moment, by: number, count: number): Moment {
  const next = Math.max(0, Math.min(count, (at ?? count) + by));
  return next === count ? null : next;
}

export function momentOfKey(key: string, at: Moment, count: number): Moment | undefined {
  if (key === "Home") return moved(0, 0, count);
  if (key === "End") return null;
  if (key === "ArrowLeft") return moved(at, -1, count);
  if (key === "ArrowRight") return moved(at, 1, count);
  return undefined;
}
