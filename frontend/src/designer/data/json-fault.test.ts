import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonFault, positionAt } from "./json-fault";

test("JSON has no fault", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, space) => jsonFault(JSON.stringify(value, null, space)) === null));
});

test("what the browser refuses has a fault, and nothing else", () => {
  const words = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', "1", "-", "01", "true", "nul", " ", "\n", '"', "'a'"), { maxLength: 8 });
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join("");
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(jsonFault(text) === null).toBe(isJson);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['[{"a": 1},\n {"b": }]', 2, 8],
  ['{"a" 1}', 1, 6],
  ["[1,]", 1, 4],
  ["[\n1", 2, 2],
])("%j", (text, line, column) => expect(positionAt(text, jsonFault(text) ?? -1)).toEqual({ line, column }));
