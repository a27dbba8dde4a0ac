/** How often is asked while nothing tells of changes: less and less. */
/** The longest pause. */
export const LATE_MS = 10_000;
const SLOWER = 1.4;

/** How long to wait after an answer that told nothing new. */
export function nextPause(pause: number): number {
  return Math.min(pause * SLOWER, LATE_MS);
}
