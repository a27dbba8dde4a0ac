import { expect, test } from "vitest";
import { MAX_SUMMARY, summaryOf, type SummarizedType } from "./summary";

const option = (value: string, name: string) => ({ value, name, description: "" });
const REQUEST: SummarizedType = {
  summary: "{method} {url} · {body}",
  parameters: [
    { name: "method", default_value: "GET", options: [option("GET", "GET"), option("POST", "POST")] },
    { name: "url", default_value: null },
    { name: "body", default_value: "", display_if: { method: ["POST"] } },
  ],
};
const SORT: SummarizedType = {
  summary: "{mode} · {fields.field}",
  parameters: [
    { name: "mode", default_value: "simple", options: [option("simple", "By fields")] },
    { name: "fields", default_value: [], fields: [{ name: "field", default_value: null }] },
  ],
};

test("values and defaults fill the line", () => {
  expect(summaryOf(REQUEST, { url: "/leads" })).toBe("GET /leads");
});

test("an expression is shown without its mark, in one line", () => {
  expect(summaryOf(REQUEST, { url: "={{ $json.base }}\n/leads" })).toBe("GET {{ $json.base }} /leads");
});

test("a part with nothing to show is left out", () => {
  expect(summaryOf(REQUEST, {})).toBe("");
  expect(summaryOf(REQUEST, { method: "POST", body: "x" })).toBe("x");
});

test("a parameter that does not apply is not shown", () => {
  expect(summaryOf(REQUEST, { url: "/a", body: "x" })).toBe("GET /a");
});

test("choices show their words and lists the member of each entry", () => {
  expect(summaryOf(SORT, { fields: [{ field: "total" }, { field: "name" }, "odd", {}] })).toBe(
    "By fields · total, name",
  );
});

test("a choice inside of an entry shows its words", () => {
  const rules: SummarizedType = {
    summary: "{rules.interval} {rules.unit}",
    parameters: [
      {
        name: "rules",
        default_value: [],
        fields: [{ name: "unit", default_value: "days", options: [option("days", "Days")] }],
      },
    ],
  };
  expect(summaryOf(rules, { rules: [{ unit: "days", interval: 2 }] })).toBe("2 Days");
});

test("a long line is cut", () => {
  const line = summaryOf(REQUEST, { url: "x".repeat(500) });
  expect(line).toHaveLength(MAX_SUMMARY);
  expect(line.endsWith("…")).toBe(true);
});

test("a type without a template has no line", () => {
  expect(summaryOf({ summary: "", parameters: [] }, { a: 1 })).toBe("");
});
