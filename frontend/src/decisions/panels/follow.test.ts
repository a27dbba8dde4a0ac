import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Follower } from "./follow";

const QUIET_MS = 300;

function bench() {
  const seen = { state: 0, asked: [] as number[], answers: [] as string[], failures: 0, resolve: [] as ((answer: string) => void)[] };
  const follower = new Follower<number, string>(QUIET_MS, {
    state: () => seen.state,
    ask: (state) => (seen.asked.push(state), new Promise((resolve) => seen.resolve.push(resolve))),
    answered: (answer) => seen.answers.push(answer),
    stale: () => {},
    failed: () => (seen.failures += 1),
  });
  const change = (): void => ((seen.state += 1), follower.changed());
  return { seen, follower, change };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("asks once after many changes", () => {
  const { seen, change } = bench();
  change();
  vi.advanceTimersByTime(QUIET_MS - 1);
  change();
  vi.advanceTimersByTime(QUIET_MS);
  expect(seen.asked).toEqual([2]);
});

it("drops the answer about an older state", async () => {
  const { seen, change } = bench();
  change();
  vi.advanceTimersByTime(QUIET_MS);
  change();
  vi.advanceTimersByTime(QUIET_MS);
  seen.resolve[0]?.("old");
  seen.resolve[1]?.("new");
  await vi.runAllTimersAsync();
  expect([seen.asked, seen.answers]).toEqual([[1, 2], ["new"]]);
});

it("is not put off by what leaves the state as it is", () => {
  const { seen, follower, change } = bench();
  change();
  vi.advanceTimersByTime(QUIET_MS - 1);
  follower.changed();
  vi.advanceTimersByTime(1);
  follower.changed();
  vi.advanceTimersByTime(QUIET_MS);
  expect(seen.asked).toEqual([1]);
});

it("asks again when it is told to", () => {
  const { seen, follower } = bench();
  follower.again();
  vi.advanceTimersByTime(0);
  follower.again();
  vi.advanceTimersByTime(0);
  expect(seen.asked).toEqual([0, 0]);
});

it("is silent after it was stopped", async () => {
  const { seen, follower, change } = bench();
  change();
  vi.advanceTimersByTime(QUIET_MS);
  follower.stop();
  seen.resolve[0]?.("late");
  await vi.runAllTimersAsync();
  expect([seen.answers, seen.failures]).toEqual([[], 0]);
});
