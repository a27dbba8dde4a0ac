import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../doc";
import { readCondition, writeCondition } from "./condition-text";
import { readOutput, writeOutput } from "./output-text";

const column = (type: string, operators?: string[]) => ({ name: "c", type, ...(operators && { operators }) });
const cell = (text: string, type: string, operators?: string[]): Json => {
  const read = readCondition(text, column(type, operators));
  return "cell" in read ? read.cell : `fault: ${read.fault}`;
};
const t = (operator: string, value?: Json) => (value === undefined ? { operator } : { operator, value });

describe("conditions", () => {
  it.each<[string, string, Json]>([
    ["", "number", null],
    ["-", "string", null],
    ["100", "number", [t("==", 100)]],
    [">= 100", "number", [t(">=", 100)]],
    ["≥100", "number", [t(">=", 100)]],
    ["<5", "number", [t("<", 5)]],
    ["!= 3", "number", [t("!=", 3)]],
    ["18..65", "number", [t("between", [18, 65])]],
    ["[18..65)", "number", [t(">=", 18), t("<", 65)]],
    ["]18..65]", "number", [t(">", 18), t("<=", 65)]],
    ["between 1 and 5", "number", [t("between", [1, 5])]],
    [">= 1 and < 5", "number", [t(">=", 1), t("<", 5)]],
    ["1, 2, 3", "number", [t("in", [1, 2, 3])]],
    ["not(1, 2)", "number", [t("notIn", [1, 2])]],
    ["not(18..65)", "number", [t("notBetween", [18, 65])]],
    ["< 5, > 10", "number", [{ feel: "< 5, > 10" }]],
    ["? * 2 > x", "number", [{ feel: "? * 2 > x" }]],
    ["1234567890.123456789", "number", [{ feel: "1234567890.123456789" }]],
    ["premium", "string", [t("==", "premium")]],
    ["New York (NY)", "string", [t("==", "New York (NY)")]],
    ["bread and butter", "string", [t("==", "bread and butter")]],
    ['"gold", "silver"', "string", [t("in", ["gold", "silver"])]],
    ["gold, silver", "string", [t("in", ["gold", "silver"])]],
    ['not("gold")', "string", [t("!=", "gold")]],
    ["100", "string", [t("==", "100")]],
    ['"a, b"', "string", [t("==", "a, b")]],
    ["starts with A", "string", [t("startsWith", "A")]],
    ["contains a and ends with b", "string", [t("contains", "a"), t("endsWith", "b")]],
    ["matches ^[A-Z]{2}$", "string", [t("matches", "^[A-Z]{2}$")]],
    ["is empty", "string", [t("isEmpty")]],
    ["null", "string", [t("==", null)]],
    ['upper case(?) = "A"', "string", [{ feel: 'upper case(?) = "A"' }]],
    ["yes", "boolean", [t("==", true)]],
    ["2026-01-01", "date", [t("==", "2026-01-01")]],
    ['>= date("2026-01-01")', "date", [t(">=", "2026-01-01")]],
    ["[2026-01-01..2026-02-01)", "date", [t(">=", "2026-01-01"), t("<", "2026-02-01")]],
    ["> P1D", "duration", [t(">", "P1D")]],
    ["= 2028-02-29", "date", [t("==", "2028-02-29")]],
    ["> 10:00", "time", [t(">", "10:00:00")]],
    ['contains "x"', "list", [t("contains", "x")]],
    ["42", "any", [t("==", 42)]],
  ])("%s in a column of %s", (text, type, expected) => {
    expect(cell(text, type)).toEqual(expected);
  });

  it("a value by itself is what the only operator of its column asks", () => {
    expect(cell("100", "number", [">="])).toEqual([t(">=", 100)]);
    expect(cell("[1..5]", "number", [">=", "<="])).toEqual([t(">=", 1), t("<=", 5)]);
  });

  it.each([
    ["== 5", "number", [">=", "<"], "takes only ≥  <"],
    ["contains x", "number", undefined, "cannot be asked"],
    ['"gold', "string", undefined, "missing"],
    ["sum(1, 2", "number", undefined, "missing"],
    ["> 1,5", "number", undefined, "Write 1.5"],
    ["2026-02-30", "date", undefined, "no date “2026-02-30”"],
    ["[2026-01-01..2026-13-01)", "date", undefined, "no date “2026-13-01”"],
    [">= 2026-02-29T10:00:00Z", "datetime", undefined, "no date"],
    ["> 25:00:00", "time", undefined, "no time “25:00:00”"],
    ["P1Y2D", "duration", undefined, "no duration “P1Y2D”"],
  ])("%s in a column of %s with %j has a fault", (text, type, operators, said) => {
    expect(cell(text, type, operators)).toContain(said);
  });

  it.each<[Json, string, string]>([
    [[t(">=", 100)], "number", "≥ 100"],
    [[t("==", "gold")], "string", "gold"],
    [[t("==", "a, b")], "string", '"a, b"'],
    [[t("==", "-")], "string", '"-"'],
    [[t("between", [18, 65])], "number", "18..65"],
    [[t(">=", 1), t("<", 5)], "number", "[1..5)"],
    [[t("in", ["gold", "silver"])], "string", "gold, silver"],
    [[t("notIn", ["a", "b"])], "string", "not(a, b)"],
    [[t("in", ["gold"])], "string", 'in ("gold")'],
    [[t("isNotEmpty")], "string", "is not empty"],
    [[{ feel: "? > x" }], "number", "? > x"],
  ])("%j of %s is shown as %s", (tests, type, text) => {
    expect(writeCondition(tests, column(type), true)).toBe(text);
  });

  const values: Readonly<Record<string, fc.Arbitrary<Json>>> = {
    number: fc.integer({ min: -999, max: 999 }).map((n) => n / 4),
    string: fc.string({ maxLength: 12 }),
    boolean: fc.boolean(),
    date: fc.constantFrom("2026-01-01", "1999-12-31"),
  };
  it.each(Object.keys(values))("what is shown of a %s is understood as the same", (type) => {
    const value = values[type] as fc.Arbitrary<Json>;
    const test = fc.oneof(
      fc.tuple(fc.constantFrom("==", "!=", ...(type === "boolean" ? [] : [">", ">=", "<", "<="])), value).map(([operator, one]) => t(operator, one)),
      fc.tuple(fc.constantFrom("in", "notIn"), fc.array(value, { minLength: 1, maxLength: 3 })).map(([operator, many]) => t(operator, many)),
      ...(type === "boolean" ? [] : [fc.tuple(fc.constantFrom("between", "notBetween"), value, value).map(([operator, low, high]) => t(operator, [low, high]))]),
    );
    fc.assert(fc.property(fc.array(test, { minLength: 1, maxLength: 2 }), fc.boolean(), (tests, pretty) => {
      expect(cell(writeCondition(tests, column(type), pretty), type)).toEqual(tests);
    }), { numRuns: 80 });
  });
});

describe("answers", () => {
  const output = (text: string, type: string): Json => {
    const read = readOutput(text, column(type));
    return "cell" in read ? read.cell : `fault: ${read.fault}`;
  };
  it.each<[string, string, Json]>([
    ["8.5", "number", 8.5],
    ["= quantity * 2", "number", { feel: "quantity * 2" }],
    ["Well, is it so?", "string", "Well, is it so?"],
    ["no", "boolean", false],
    ["[1, 2]", "list", [1, 2]],
    ["", "number", null],
  ])("%s in a column of %s", (text, type, expected) => {
    expect(output(text, type)).toEqual(expected);
  });

  it("says what to do when it is no number", () => {
    expect(output("cheap", "number")).toContain("Begin with “=”");
  });

  it("what is shown is understood as the same", () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 12 }), (text) => {
      expect(output(writeOutput(text, column("string")), "string")).toEqual(text);
    }), { numRuns: 80 });
  });
});
