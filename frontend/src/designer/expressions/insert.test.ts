import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksOf } from "./blocks";
import { changeBetween } from "./change";
import { hasBlocks, insertedInFixed, insertedText } from "./insert";
import { pathText, rootOf } from "./path";

test("in a block an expression stands as it is, beside it in braces, in a script always as it is", () => {
  expect(insertedText("Hi {{ 1 + }}", 10, "$json.a", "template")).toBe("$json.a");
  expect(insertedText("Hi ", 3, "$json.a", "template")).toBe("{{ $json.a }}");
  expect(insertedText("return ", 7, "$json.a", "javascript")).toBe("$json.a");
});

test("a fixed text becomes an expression when one is put in", () => {
  expect(insertedInFixed("Hello !", 6, 6, "$json.name")).toBe("=Hello {{ $json.name }}!");
  expect(insertedInFixed("", 0, 0, "$json.name")).toBe("={{ $json.name }}");
  expect(insertedInFixed("all of this", 0, 11, "$json.name")).toBe("={{ $json.name }}");
});

test("what a key says never ends the block that it stands in", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom("}", "{", '"', "'", "a", "\\", "\u202e", "$") }), { minLength: 1 }), (keys) => {
      const text = insertedText("", 0, pathText("$json", keys), "template");
      expect(blocksOf(text)).toEqual([expect.objectContaining({ from: 0, to: text.length, closed: true })]);
    }),
  );
});

test("own input is $json, other nodes go by their name", () => {
  expect(rootOf("Webhook", true)).toBe("$json");
  expect(rootOf("Webhook", false)).toBe("$('Webhook').item.json");
  expect(rootOf("It's {{x}}", false)).toBe("$(\"It's \\u007b\\u007bx\\u007d\\u007d\").item.json");
});

test("blocks are where the value is a template", () => {
  expect([hasBlocks("template", "a"), hasBlocks("sql", "=a"), hasBlocks("text", "=a")]).toEqual([true, true, true]);
  expect([hasBlocks("sql", "a"), hasBlocks("javascript", "=a"), hasBlocks("text", "a")]).toEqual([false, false, false]);
});

test("the one change between two texts makes the one of the other", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c") });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = changeBetween(before, after);
      const made = change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
      expect(made).toBe(after);
    }),
  );
});
