import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDialog } from "./dialogs";
import { addressOf, startDropZones, startFilters } from "./forms";
import { moveTo, startMenus } from "./menus";
import { relativeTime, showRelativeTimes } from "./relative-time";
import { commands, isTyping, KeyReader } from "./shortcuts";
import { applyTheme, nextTheme, startThemeButtons, storedTheme, storeTheme } from "./theme";
import { startToasts, toast } from "./toasts";

const NOW = new Date("2026-01-02T12:00:00Z");

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.innerHTML = "";
});

test.each([
  ["2026-01-02T11:57:00Z", "3 minutes ago"],
  ["2026-01-01T12:00:00Z", "yesterday"],
  ["2026-01-02T14:00:00Z", "in 2 hours"],
  ["2026-01-02T11:59:50Z", "now"],
])("%s is %s", (moment, words) => {
  expect(relativeTime(new Date(moment), NOW)).toBe(words);
});

test("relative times leave alone what is no time", () => {
  document.body.innerHTML = '<time data-relative datetime="2026-01-02T11:00:00Z">x</time><time data-relative datetime="soon">soon</time>';
  showRelativeTimes(document, NOW);
  expect([...document.querySelectorAll("time")].map((time) => time.textContent)).toEqual(["1 hour ago", "soon"]);
});

test("themes go round and unknown ones are the system's", () => {
  expect([nextTheme("system"), nextTheme("light"), nextTheme("dark")]).toEqual(["light", "dark", "system"]);
  expect(storedTheme({ getItem: () => "pink" })).toBe("system");
});

test("a browser that keeps nothing still shows a theme", () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  expect(storedTheme({ getItem: refuse })).toBe("system");
  expect(() => storeTheme("dark", { setItem: refuse })).not.toThrow();
});

test("the system's theme leaves no mark on the page", () => {
  const root = document.createElement("html");
  applyTheme("dark", root);
  expect(root.dataset.theme).toBe("dark");
  applyTheme("system", root);
  expect(root.dataset.theme).toBeUndefined();
});

test("the theme button says which theme it shows, and keeps it", () => {
  document.body.innerHTML = '<button data-theme-toggle data-label="Theme"><span data-shows="light" title="Light"></span></button>';
  startThemeButtons();
  const button = document.querySelector("button");
  button?.click();
  expect([button?.getAttribute("aria-label"), storedTheme()]).toEqual(["Theme: Light", "light"]);
  applyTheme("system");
});

test("shortcuts leave fields alone", () => {
  expect(isTyping(document.createElement("input"))).toBe(true);
  expect(isTyping(document.createElement("button"))).toBe(false);
});

test("keys one after the other complete a command, unless there is a pause", () => {
  const all = [{ keys: "g w", run: () => true }, { keys: "/", run: () => true }];
  const reader = new KeyReader();
  expect([reader.read("g", all, 0), reader.read("w", all, 100)?.keys]).toEqual([undefined, "g w"]);
  expect([reader.read("g", all, 5000), reader.read("w", all, 9000)]).toEqual([undefined, undefined]);
  expect(reader.read("/", all, 9100)?.keys).toBe("/");
});

test("links bring their keys into the table of commands", () => {
  document.body.innerHTML = '<a data-keys="g h" href="#home"></a>';
  expect(commands().map((command) => command.keys)).toEqual(["/", "?", "g h"]);
});

test.each([
  ["ArrowDown", "a", "b"],
  ["ArrowDown", "c", "a"],
  ["ArrowUp", "a", "c"],
  ["Home", "c", "a"],
  ["End", "a", "c"],
  ["x", "a", undefined],
])("%s in a menu moves from %s to %s", (key, from, to) => {
  expect(moveTo(key, ["a", "b", "c"], from)).toBe(to);
});

test("Escape closes a menu and gives the focus back", () => {
  document.body.innerHTML = '<details class="menu" open><summary tabindex="0">M</summary></details>';
  startMenus();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(document.querySelector("details")?.open).toBe(false);
  expect(document.activeElement?.tagName).toBe("SUMMARY");
});

test("what is no dialog is not opened", () => {
  document.body.innerHTML = '<p id="p"></p>';
  expect([openDialog("p"), openDialog("missing")]).toEqual([false, false]);
});

const TOASTS =
  '<div class="toasts"></div>' +
  '<template data-toast="success"><div class="toast success"><p></p><button data-close-toast></button></div></template>' +
  '<template data-toast="error"><div class="toast error"><p></p><button data-close-toast></button></div></template>';
const shown = () => [...document.querySelectorAll(".toasts p")].map((text) => text.textContent);

test("toasts go by themselves, errors only when they are closed", () => {
  vi.useFakeTimers();
  document.body.innerHTML = TOASTS;
  startToasts();
  toast("Saved");
  toast("Not saved", "error");
  vi.advanceTimersByTime(9000);
  expect(shown()).toEqual(["Not saved"]);
  document.querySelector<HTMLElement>("[data-close-toast]")?.click();
  expect(shown()).toEqual([]);
});

test("a message is text, never markup", () => {
  document.body.innerHTML = TOASTS;
  toast("<img src=x>");
  expect(shown()).toEqual(["<img src=x>"]);
});

test("addresses of filters leave empty fields out", () => {
  document.body.innerHTML = '<form><input name="search" value="a b"><input name="status" value=""></form>';
  expect(addressOf(document.querySelector("form") as HTMLFormElement)).toBe("/?search=a+b");
});

test("choosing a filter shows the new list in place", async () => {
  document.body.innerHTML =
    '<form data-filters><select name="status"><option value="x" selected></option></select></form><p data-results>old</p>';
  vi.stubGlobal("fetch", async () => new Response('<p data-results data-said="3 rows">new</p>'));
  startFilters();
  document.querySelector("select")?.dispatchEvent(new Event("change", { bubbles: true }));
  await vi.waitFor(() => expect(document.querySelector("[data-results]")?.textContent).toBe("new"));
  expect(document.querySelector("[role=status]")?.textContent).toBe("3 rows");
  expect(location.search).toBe("?status=x");
  history.replaceState(null, "", "/");
});

test("a file dropped on the form is chosen in its input", () => {
  document.body.innerHTML = '<form data-drop="file"><input type="file" id="file"></form>';
  startDropZones();
  const form = document.querySelector("form") as HTMLFormElement;
  const input = document.querySelector("input") as HTMLInputElement;
  const chosen = vi.fn();
  input.addEventListener("change", chosen);
  Object.defineProperty(input, "files", { writable: true, value: null });
  const drag = (name: string, transfer: object) => {
    const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), { dataTransfer: transfer });
    form.dispatchEvent(event);
    return event;
  };
  expect(drag("dragover", { types: ["text/plain"] }).defaultPrevented).toBe(false);
  expect(drag("dragover", { types: ["Files"] }).defaultPrevented).toBe(true);
  expect(form.className).toBe("dropping");
  const files = [new File(["{}"], "a.json")];
  drag("drop", { files });
  expect([form.className, input.files, chosen.mock.calls.length]).toEqual(["", files, 1]);
});
