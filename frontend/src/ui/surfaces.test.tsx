import { afterEach, expect, test, vi } from "vitest";
import { CopyButton } from "./CopyButton";
import { Disclosure } from "./Disclosure";
import { Pill } from "./Pill";
import { Progress } from "./Progress";
import { Search } from "./Search";
import { Splitter } from "./Splitter";
import { SymbolIcon } from "./SymbolIcon";
import { toast } from "./Toast";
import { VirtualList } from "./VirtualList";
import { byRole, click, pass, press, render } from "./testing/render";

const TOAST = '<div class="toasts"></div>' + ["success", "error", "info"].map((kind) => `<template data-toast="${kind}"><div class="toast ${kind}"><p></p><button data-close-toast></button></div></template>`).join("");

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each([["running", "Running", "pill run running"], ["something_new", "Something new", "pill"], ["constructor", "Constructor", "pill"]])(
  "the pill of %s has a word and a sign",
  async (status, word, css) => {
    const { place } = await render(<Pill status={status} />);
    const pill = place.querySelector(".pill");
    expect([pill?.textContent, pill?.className, pill?.querySelectorAll("svg").length]).toEqual([word, css, 1]);
  },
);

test("an icon is taken from the sprite in the page, and a box stands for an unknown one", async () => {
  document.body.innerHTML = '<svg><symbol id="icon-globe"></symbol></svg>';
  const { place, again } = await render(<SymbolIcon name="globe" />);
  expect(place.querySelector("use")?.getAttribute("href")).toBe("#icon-globe");
  await again(<SymbolIcon name="no such" />);
  expect(place.querySelector("use")).toBeNull();
  expect(place.querySelector("svg")).not.toBeNull();
});

test("a splitter moves by keys within its bounds and remembers its size", async () => {
  const splitter = <Splitter label="Width" defaultSize={300} min={200} max={400} keepAs="test" first="one" second="two" />;
  const { again } = await render(splitter);
  const bar = byRole("separator", "Width") as HTMLElement;
  const now = () => byRole("separator", "Width")?.getAttribute("aria-valuenow");
  await press("ArrowLeft", { on: bar });
  expect(now()).toBe("316");
  await press("End", { on: bar });
  await press("ArrowLeft", { on: bar });
  expect(now()).toBe("400");
  await again(<p>gone</p>);
  await again(splitter);
  expect(now()).toBe("400");
});

test("a kept size that is no number is not believed", async () => {
  localStorage.setItem("exprsn.split.bad", "wide");
  await render(<Splitter label="Width" defaultSize={300} keepAs="bad" first="one" second="two" />);
  expect(byRole("separator", "Width")?.getAttribute("aria-valuenow")).toBe("300");
});

test("of a long list only what is in sight is in the page", async () => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(300);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(30);
  await render(<VirtualList label="Rows" count={10_000} estimate={30} row={(index) => `Row ${index}`} />);
  const shown = document.querySelectorAll("[role=listitem]");
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.length).toBeLessThan(100);
  expect(shown[0]?.getAttribute("aria-setsize")).toBe("10000");
});

test("a closed part is not in the page", async () => {
  await render(<Disclosure label="Settings">inside</Disclosure>);
  const button = byRole("button", "Settings");
  expect(document.body.textContent).not.toContain("inside");
  await click(button);
  expect(button?.getAttribute("aria-expanded")).toBe("true");
  expect(document.getElementById(button?.getAttribute("aria-controls") ?? "")?.textContent).toBe("inside");
});

test("Escape empties a search first, and leaves only then", async () => {
  const onChange = vi.fn();
  const around = vi.fn();
  const search = (value: string) => (
    <div onKeyDown={around}>
      <Search label="Search nodes" value={value} onChange={onChange} />
    </div>
  );
  const { again } = await render(search("http"));
  const field = document.querySelector("input");
  await press("Escape", { on: field });
  expect([onChange.mock.calls, around.mock.calls.length]).toEqual([[[""]], 0]);
  await again(search(""));
  await press("Escape", { on: field });
  expect(around).toHaveBeenCalledOnce();
});

test("progress is kept within its bounds", async () => {
  await render(<Progress label="Import" value={150} />);
  expect((document.querySelector(".progress-bar > div") as HTMLElement).style.inlineSize).toBe("100%");
});

test("copying asks for the text when pressed, and says when the browser refuses", async () => {
  document.body.innerHTML = TOAST;
  const writeText = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error("refused"));
  vi.stubGlobal("navigator", { ...navigator, platform: "", clipboard: { writeText } });
  let text = "before";
  await render(<CopyButton text={() => text} />);
  text = "after";
  await click(byRole("button", "Copy"));
  await click(byRole("button", "Copy"));
  await pass();
  expect(writeText.mock.calls[0]).toEqual(["after"]);
  expect([...document.querySelectorAll(".toast")].map((each) => each.className)).toEqual(["toast success", "toast error"]);
});

test("a toast's action takes it away and is carried out once", () => {
  document.body.innerHTML = TOAST;
  const onSelect = vi.fn();
  toast("3 nodes deleted", "info", { action: { label: "Undo", onSelect } });
  document.querySelector<HTMLElement>(".toast .button")?.click();
  expect(onSelect).toHaveBeenCalledOnce();
  expect(document.querySelector(".toast")).toBeNull();
});
