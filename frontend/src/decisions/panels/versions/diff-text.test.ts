import { expect, it } from "vitest";
import type { Diff } from "../../server/types";
import { columnChanges, diffMarks, isSame, sideText } from "./diff-text";

const DIFF: Diff = {
  columns: [],
  settings: [],
  rules: [
    { change: "added", rule_id: "r1", row: { old: null, new: 1 }, cells: [] },
    {
      change: "changed",
      rule_id: "r2",
      row: { old: 1, new: 2 },
      cells: [
        { column: "quantity", part: "condition", old: [{ operator: ">=", value: 100 }], new: null },
        { column: "price", part: "output", old: 8.5, new: 9 },
        { column: null, part: "annotation", old: null, new: "new" },
      ],
    },
  ],
};

it("marks added rules whole, changed ones cell by cell with what was there", () => {
  const marks = diffMarks(DIFF).map(({ rule, column = "", tone, message = "" }) => [rule, column, tone, message].join("|"));
  expect(marks).toEqual(["r1||added|", "r2|quantity|changed|Was: ≥ 100", "r2|price|changed|Was: 8.5", "r2||changed|"]);
});

it("writes both sides of a change as the grid shows them", () => {
  expect(sideText("condition", [{ operator: "in", value: ["a"] }, { feel: "> 1" }])).toBe('in ["a"], > 1');
  expect(sideText("output", { feel: "price * 2" })).toBe("= price * 2");
  expect(sideText("enabled", false)).toBe("no");
  expect(sideText("condition", null)).toBe("–");
});

it("tells which members of a column differ", () => {
  expect(columnChanges({ name: "a", type: "string" }, { name: "a", type: "number", label: "A" })).toEqual([
    { member: "type", old: "string", now: "number" },
    { member: "label", old: null, now: "A" },
  ]);
  expect(isSame({ columns: [], rules: [], settings: [] })).toBe(true);
});
