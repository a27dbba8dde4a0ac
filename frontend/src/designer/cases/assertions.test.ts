import { expect, test } from "vitest";
import { fieldsOf, tidied, withKind } from "./assertions";
import { KINDS, type Assertion } from "./types";

const EQUALS: Assertion = { kind: "equals", node: "n", output: "main", item: 0, path: "a.b", expected: { x: 1 }, ignore: ["id"] };

test("another kind keeps what it can say and leaves the rest out", () => {
  expect(withKind(EQUALS, "contains")).toEqual({ kind: "contains", node: "n", output: "main", item: 0, path: "a.b", expected: { x: 1 } });
  expect(withKind(EQUALS, "count")).toEqual({ kind: "count", node: "n", output: "main", expected: 1 });
  expect(withKind(EQUALS, "response")).toEqual({ kind: "response", node: null, path: "a.b", expected: { x: 1 }, ignore: ["id"] });
  expect(withKind(EQUALS, "not_run")).toEqual({ kind: "not_run", node: "n" });
});

test("every kind has a first value for what it must say", () => {
  for (const kind of KINDS) {
    const made = withKind({ kind: "not_run", node: null }, kind);
    expect("expected" in made).toBe(fieldsOf(kind).expected !== "none");
  }
});

test("what is empty is not sent, and what is expected always is", () => {
  expect(tidied({ kind: "equals", node: null, path: "", output: "", ignore: [], expected: null })).toEqual({ kind: "equals", node: null, expected: null });
  expect(tidied({ kind: "equals", node: "n", item: 0, expected: "" })).toEqual({ kind: "equals", node: "n", item: 0, expected: "" });
});
