import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ISLANDS_EVENT } from "../lib/islands-event";
import { mountIsland } from "../lib/mount";
import { DataView } from "./DataView";
import type { JsonObject } from "./rows";

const TEXTS = { table: "Table", json: "JSON", item: "item", items: "items", none: "No items.", copy: "Copy", no_fields: "No fields" };

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
});
afterEach(() => {
  localStorage.clear();
  document.body.innerHTML = "";
});

async function show(items: JsonObject[] | null): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  await act(async () => createRoot(place).render(<DataView label="Output" items={items} texts={TEXTS} />));
  return place;
}

const tab = (place: HTMLElement, name: string) =>
  [...place.querySelectorAll<HTMLElement>("[role=tab]")].find((element) => element.textContent === name);

test.each([[null], [[]]])("%s shows that there is nothing", async (items) => {
  expect((await show(items)).textContent).toBe("No items.");
});

test("items are rows of a real table", async () => {
  const place = await show([{ name: "Ada", age: 36 }, { name: "Bob" }]);
  const cells = [...place.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(cells).toEqual([["1", "Ada", "36"], ["2", "Bob", "–"]]);
});

test("an item without fields is a row that says so", async () => {
  expect((await show([{}])).querySelector("tbody")?.textContent).toBe("1No fields");
});

test("arrows move between the tabs and choose", async () => {
  const place = await show([{ a: 1, b: { c: [true] } }]);
  await act(async () => tab(place, "Table")?.focus());
  await act(async () => {
    tab(place, "Table")?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    await new Promise((done) => setTimeout(done));
  });
  expect(tab(place, "JSON")?.getAttribute("aria-selected")).toBe("true");
  expect(document.activeElement).toBe(tab(place, "JSON"));
  expect([...place.querySelectorAll("[role=treeitem]")].map((row) => row.textContent)).toEqual(["12 fields", "a1", "b1 field", "c[true]"]);
});

test("of many items only those in sight are in the page, and all are counted", async () => {
  const place = await show(Array.from({ length: 10_000 }, (_, at) => Object.fromEntries(Array.from({ length: 50 }, (_each, column) => [`c${column}`, at]))));
  const table = place.querySelector("table");
  expect(table?.getAttribute("aria-rowcount")).toBe("10001");
  expect(table?.getAttribute("aria-colcount")).toBe("51");
  const rows = place.querySelectorAll("tbody tr[aria-rowindex]").length;
  expect(rows).toBeGreaterThan(10);
  expect(rows).toBeLessThan(60);
});

test("columns are bounded, and the table says so", async () => {
  const place = await show([Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`c${at}`, at]))]);
  expect(place.querySelectorAll("th").length).toBe(201);
  expect(place.textContent).toContain("Only the first 200 fields are shown");
});

test("arrow keys move from cell to cell, and Enter shows the whole value", async () => {
  const place = await show([{ a: 1, b: { deep: ["x"] } }, { a: 2 }]);
  const press = async (key: string) => act(async () => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
  await act(async () => place.querySelector<HTMLElement>("[data-cell='0:0']")?.focus());
  await press("ArrowRight");
  await press("ArrowRight");
  expect(document.activeElement?.textContent).toBe('{"deep":["x"]}');
  await press("Enter");
  expect(place.querySelector(".cell-detail")?.textContent).toContain("deep");
  await press("ArrowDown");
  await press("Home");
  expect(document.activeElement?.textContent).toBe("2");
});

test("hostile data are only text: markup, turned writing, long and deep values", async () => {
  const deep = JSON.parse("[".repeat(80) + "]".repeat(80)) as never;
  const place = await show([{ markup: "<script>alert(1)</script>", turned: "a\u202egnp.exe", long: "x".repeat(5_000_000), deep, ["\u202ekey"]: 1 }]);
  expect(place.querySelector("script")).toBeNull();
  expect(place.textContent).toContain("<script>alert(1)</script>");
  expect(place.textContent).toContain("a\\u202egnp.exe");
  expect(place.textContent).not.toContain("\u202e");
  expect(place.innerHTML.length).toBeLessThan(20_000);
});

test("an island in a closed part of the page waits until that is opened", async () => {
  document.body.innerHTML =
    '<script type="application/json" id="p">{"word": "hello"}</script><details><div data-island="x" data-props="p"></div></details>';
  const Word = ({ word }: { word: string }) => <b>{word}</b>;
  await act(async () => mountIsland("x", Word));
  expect(document.querySelector("b")).toBeNull();
  const details = document.querySelector("details") as HTMLDetailsElement;
  details.open = true;
  await act(async () => details.dispatchEvent(new Event("toggle")));
  expect(document.querySelector("b")?.textContent).toBe("hello");
});

test("an island that is put into the page later is mounted once", async () => {
  const Word = ({ word }: { word: string }) => <b>{word}</b>;
  await act(async () => mountIsland("late", Word));
  document.body.innerHTML = '<script type="application/json" id="p">{"word": "late"}</script><div data-island="late" data-props="p"></div>';
  await act(async () => document.dispatchEvent(new Event(ISLANDS_EVENT)));
  const shown = document.querySelector("b");
  expect(shown?.textContent).toBe("late");
  await act(async () => document.dispatchEvent(new Event(ISLANDS_EVENT)));
  expect(document.querySelector("b")).toBe(shown);
});
