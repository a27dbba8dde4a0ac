import { expect, test } from "vitest";
import { joined, withResults } from "./report";
import type { CaseResult, Report } from "./types";

const result = (name: string, status: CaseResult["status"] = "passed"): CaseResult => ({ test: name, name, status, duration_ms: 1, failures: [], unmocked: [], error: null });

function report(missing: readonly string[], branches: readonly string[], ...results: CaseResult[]): Report {
  const passed = results.filter(({ status }) => status === "passed").length;
  return {
    passed,
    failed: results.length - passed,
    duration_ms: 2,
    coverage: {
      nodes: { covered: 4 - missing.length, total: 4, missing },
      branches: { covered: 2 - branches.length, total: 2, missing: branches.map((output) => ({ node: "if", output })) },
    },
    results,
  };
}

test("what one of several tests reached is reached", () => {
  const all = joined([report(["a", "b"], ["true"], result("1")), report(["b", "c"], ["false"], result("2", "failed"))]);
  expect(all).toMatchObject({ passed: 1, failed: 1, duration_ms: 4 });
  expect(all.coverage.nodes).toEqual({ covered: 3, total: 4, missing: ["b"] });
  expect(all.coverage.branches).toEqual({ covered: 2, total: 2, missing: [] });
  expect(joined([]).results).toEqual([]);
});

test("one test that is run again renews its own result, and the coverage of all stays", () => {
  const all = report(["a"], [], result("1", "failed"), result("2"));
  const after = withResults(all, report(["a", "b", "c"], ["true"], result("1")), false);
  expect(after).toMatchObject({ passed: 2, failed: 0 });
  expect(after.coverage).toEqual(all.coverage);
  expect(withResults(all, report([], []), true).results).toEqual([]);
});
