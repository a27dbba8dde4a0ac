import fc from "fast-check";
import { expect, test } from "vitest";
import { isExpression, toExpression, toFixed } from "./mode";

const fixedText = fc.string().filter((text) => !text.startsWith("=") && !text.includes("{{"));

test("only texts that begin with = are expressions", () => {
  expect(["=a", "= {{ 1 }}", "="].every(isExpression)).toBe(true);
  expect(["a", " =a", "{{ $json.a }}", "", 5, null, ["="]].some(isExpression)).toBe(false);
});

test("texts stay texts, other values become one block that keeps their type", () => {
  expect(toExpression("Hello")).toBe("=Hello");
  expect(toExpression(5)).toBe("={{ 5 }}");
  expect(toExpression({ a: { b: 1 } })).toBe('={{ {"a":{"b":1}} }}');
  expect(toExpression(null)).toBe("=");
  expect(toExpression("=already")).toBe("=already");
});

test("there and back again is the same value", () => {
  const value = fc.oneof(fixedText, fc.integer(), fc.boolean(), fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(fc.property(value, (before) => void expect(toFixed(toExpression(before as never))).toEqual(JSON.parse(JSON.stringify(before)))));
});

test("a fixed value is never an expression", () => {
  fc.assert(fc.property(fc.string(), (text) => !isExpression(toFixed(`=${text}`))));
});

test("a block with more than a value keeps its text", () => {
  expect(toFixed("={{ $json.a }}")).toBe("{{ $json.a }}");
  expect(toFixed("={{ 1 }} and {{ 2 }}")).toBe("{{ 1 }} and {{ 2 }}");
});
