// @vitest-environment jsdom
import fc from "fast-check";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { Markdown } from "./Markdown";
import { blocksOf } from "./markdown/blocks";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
const place = document.createElement("div");
let root = createRoot(place);

function show(text: string): HTMLElement {
  act(() => root.render(<Markdown text={text} />));
  return place.firstElementChild as HTMLElement;
}

afterEach(() => {
  act(() => root.unmount());
  root = createRoot(place);
});

test("headings, emphasis, code and lists", () => {
  const shown = show("# Title\nSome **bold**, *slanted*, ~~gone~~ and `a*b*`.\n\n- one\n- two\n  - nested\n\n3. three\n4. four");
  expect(shown.querySelector("h3")?.textContent).toBe("Title");
  expect(["strong", "em", "del", "code"].map((name) => shown.querySelector(name)?.textContent)).toEqual(["bold", "slanted", "gone", "a*b*"]);
  expect([...shown.querySelectorAll(":scope > ul > li")].map((entry) => entry.firstChild?.textContent)).toEqual(["one", "two"]);
  expect(shown.querySelector("ul ul")?.textContent).toBe("nested");
  expect(shown.querySelector("ol")?.start).toBe(3);
});

test("a table, with bars in code", () => {
  const shown = show("| name | what |\n| --- | ---: |\n| `a|b` | 1 |\n|  | x |");
  expect([...shown.querySelectorAll("td")].map((cell) => cell.textContent)).toEqual(["a|b", "1", "", "x"]);
  expect(shown.querySelector("td:nth-child(2)")?.className).toBe("align-end");
});

test("a fence keeps its text, also when it is not closed", () => {
  expect(show("```js\n# no heading\n<b>").querySelector("pre")?.textContent).toBe("# no heading\n<b>");
});

test("HTML stays text, and links lead nowhere bad", () => {
  const shown = show('<script>alert(1)</script> <img src=x onerror=y> [a](javascript:alert(1)) [b](https://example.com/?q=1) [c](//evil.test)');
  expect(shown.querySelectorAll("script, img")).toHaveLength(0);
  expect(shown.textContent).toContain("<script>alert(1)</script>");
  const links = [...shown.querySelectorAll("a")];
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["https://example.com/?q=1"]);
  expect(links[0]?.rel).toBe("noopener noreferrer nofollow");
});

test("no text breaks it, and no word is shown twice", () => {
  const marks = fc.constantFrom("*", "_", "`", "~", "#", "-", "1.", ">", "|", "[", "](", ")", "\n", "  ", "\\", "<", "word", "é", "\u202e");
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 60 }), (parts) => {
      const words = parts.filter((part) => part === "word").length;
      const text = show(parts.join("")).textContent ?? "";
      expect((text.match(/word/g) ?? []).length).toBeLessThanOrEqual(words);
    }),
    { numRuns: 300 },
  );
});

test("long and deeply nested texts are read in a moment", () => {
  const began = performance.now();
  for (const hard of ["*".repeat(20_000), "[".repeat(20_000), "`".repeat(20_000), "> ".repeat(5_000), "- ".repeat(5_000), "|-".repeat(10_000), "a_".repeat(20_000)]) show(hard);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test("a list ends where something else begins", () => {
  expect(blocksOf("- a\n\ntext\n# b").map(({ kind }) => kind)).toEqual(["list", "paragraph", "heading"]);
});
