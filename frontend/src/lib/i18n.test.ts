import { afterEach, expect, test } from "vitest";
import { _, _n, number } from "./i18n";

afterEach(() => {
  delete (globalThis as { django?: unknown }).django;
  document.documentElement.lang = "";
});

test("without a catalogue the text itself is shown, with its values", () => {
  expect(_("Save {name}", { name: "Order desk" })).toBe("Save Order desk");
  expect(_("{missing} stays")).toBe("{missing} stays");
});

test("a value is text and not a pattern", () => {
  expect(_("Delete {name}", { name: "$& {name}" })).toBe("Delete $& {name}");
  expect(_("{constructor}")).toBe("{constructor}");
});

test("the catalogue's words are taken, and values may move", () => {
  const german: Record<string, string> = { "{n} of {all}": "von {all} die {n}." };
  (globalThis as { django?: unknown }).django = { gettext: (text: string) => german[text] ?? text };
  expect(_("{n} of {all}", { n: 2, all: 3 })).toBe("von 3 die 2.");
});

test.each([[0, "0 items"], [1, "1 item"], [2, "2 items"]])("%i is said as %s", (count, words) => {
  expect(_n("{n} item", "{n} items", count)).toBe(words);
});

test("the catalogue chooses the form, for languages with more or fewer than two", () => {
  (globalThis as { django?: unknown }).django = { ngettext: (_one: string, many: string) => `${many}!` };
  expect(_n("{n} item", "{n} items", 1)).toBe("1 items!");
});

test("numbers are grouped as the page's language does", () => {
  document.documentElement.lang = "de";
  expect(number(12_345.5)).toBe("12.345,5");
  expect(_n("{n} item", "{n} items", 12_345)).toBe("12.345 items");
});
