/** Reports of several requests as one. Pure. */
import type { Branch, Coverage, Covered, Report } from "./types";

const EMPTY: Report = {
  passed: 0,
  failed: 0,
  duration_ms: 0,
  coverage: { nodes: { covered: 0, total: 0, missing: [] }, branches: { covered: 0, total: 0, missing: [] } },
  results: [],
};

export const branchKey = ({ node, output }: Branch): string => `${node}:${output}`;

/** All of them together: what one test reached is reached. */
export function joined(reports: readonly Report[]): Report {
  const [first, ...rest] = reports;
  return first ? rest.reduce(added, first) : EMPTY;
}

function added(before: Report, next: Report): Report {
  return {
    passed: before.passed + next.passed,
    failed: before.failed + next.failed,
    duration_ms: before.duration_ms + next.duration_ms,
    coverage: {
      nodes: both(before.coverage.nodes, next.coverage.nodes, (node) => node),
      branches: both(before.coverage.branches, next.coverage.branches, branchKey),
    },
    results: [...before.results, ...next.results],
  };
}

/** Missing is what neither of them reached. */
function both<Missing>(one: Covered<Missing>, other: Covered<Missing>, keyOf: (missing: Missing) => string): Covered<Missing> {
  const stillMissing = new Set(other.missing.map(keyOf));
  const missing = one.missing.filter((each) => stillMissing.has(keyOf(each)));
  return { covered: one.total - missing.length, total: one.total, missing };
}

/** The results of a list of tests, newer ones in the place of older ones of the same test. */
export function withResults(before: Report | null, next: Report, whole: boolean): Report {
  if (whole || !before) return next;
  const renewed = new Map(next.results.map((result) => [result.test, result]));
  const results = [...before.results.map((result) => renewed.get(result.test) ?? result), ...next.results.filter(({ test }) => !before.results.some((result) => result.test === test))];
  const passed = results.filter(({ status }) => status === "passed").length;
  return { ...next, passed, failed: results.length - passed, results, coverage: before.coverage };
}

export function hasGaps({ nodes, branches }: Coverage): boolean {
  return nodes.missing.length + branches.missing.length > 0;
}
