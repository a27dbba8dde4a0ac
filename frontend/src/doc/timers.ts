/** The clock, as a port: tests have their own. */
export interface Timers {
  /** Runs once after so many milliseconds; the answer takes it back. */
  after(milliseconds: number, run: () => void): () => void;
  /** From 0 to below 1. */
  random(): number;
}

export const systemTimers: Timers = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

const FIRST = 1_000;
export const LONGEST = 60_000;

/** The pause before the next try: doubled each time, and spread so that not everybody comes back at once. */
export function pauseAfter(failures: number, random: number): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 16));
  return longest / 2 + (longest / 2) * random;
}
