import fc from "fast-check";
import { expect, test } from "vitest";
import { blockAt, blocksOf } from "./blocks";

const inner = (text: string) => blocksOf(text).map((block) => text.slice(block.innerFrom, block.innerTo));

test.each([
  ["Hi {{ $json.a }}!", [" $json.a "]],
  ["{{ {a: {b: 1}} }}", [" {a: {b: 1}} "]],
  ['{{ "}}" }} {{ 2 }}', [' "}}" ', " 2 "]],
  ["{{ `a ${ {b: 1}.b } }}` }}", [" `a ${ {b: 1}.b } }}` "]],
  ["{{ $json.", [" $json."]],
  ["{{ it's }} and {{ 2 }}", [" it's ", " 2 "]],
  ["no { block } here", []],
])("%s", (text, expected) => expect(inner(text)).toEqual(expected));

test("blocks follow one another and never reach out of the text", () => {
  const words = fc.array(fc.constantFrom("{{", "}}", "{", "}", '"', "'", "`", "a", " ", "\\", "$", "/*", "*/", "//", "\n"), { maxLength: 30 });
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join("");
      let end = 0;
      for (const block of blocksOf(text)) {
        expect(block.from).toBeGreaterThanOrEqual(end);
        expect(block.innerTo).toBeGreaterThanOrEqual(block.innerFrom);
        expect(block.to).toBeLessThanOrEqual(text.length);
        expect(text.slice(block.from, block.innerFrom)).toBe("{{");
        if (block.closed) expect(text.slice(block.innerTo, block.to)).toBe("}}");
        end = block.to;
      }
    }),
  );
});

test("a cursor is in a block between its braces only", () => {
  const text = "ab {{ c }} d";
  expect([0, 3, 4, 5, 8, 9, 10].map((at) => blockAt(text, at) !== null)).toEqual([false, false, false, true, true, false, false]);
});
