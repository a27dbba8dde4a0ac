import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_BYTES, parseItems, textOfItems } from "./pinned";

const object = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)) as never);

test("what is shown for editing stands for the same items", () => {
  fc.assert(
    fc.property(fc.array(object), (values) => {
      const items = values.map((json) => ({ json }));
      // An object that looks like an item of its own is taken as one.
      fc.pre(!values.some((value) => Object.keys(value).every((name) => name === "json")));
      expect(parseItems(textOfItems(items))).toEqual({ items });
    }),
  );
});

test("files and errors of items are kept", () => {
  const items = [{ json: { a: 1 }, binary: { file: { file_name: "a.pdf" } } }, { json: {}, error: { message: "no" } }];
  expect(parseItems(textOfItems(items))).toEqual({ items });
});

test.each([
  ['[{"a": 1},\n {"b": }]', "line 2", 2],
  ["[1]", "Item 1 is no object", undefined],
  ["{}", "list of items", undefined],
  ['[\n{"a": 1}', "line 2", 2],
])("%j is refused, with its place", (text, said, line) => {
  const parsed = parseItems(text);
  expect(parsed).toMatchObject({ message: expect.stringContaining(said) });
  expect("position" in parsed ? parsed.position?.line : undefined).toBe(line);
});

test("more than a document's field may hold is refused before it is read", () => {
  expect(parseItems(`["${"x".repeat(MAX_BYTES)}"]`)).toMatchObject({ message: expect.stringContaining("256 KB") });
});
