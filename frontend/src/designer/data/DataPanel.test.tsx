import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draggedExpression } from "../expressions/drag";
import { DataPanel, type DataPanelProps } from "./DataPanel";
import { forgetTarget, rememberTarget } from "./insertion";

let root: Root;
let place: HTMLElement;

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.innerHTML = "";
  localStorage.clear();
});

const RUN = { label: "Run 1", items: [{ json: { name: "Ada", address: { city: "Bern" } } }, { json: { name: "Bob", age: 3 } }] };

async function show(props: Partial<DataPanelProps> = {}): Promise<void> {
  await act(async () => root.render(<DataPanel title="Output" emptyText="Run the node." runs={[RUN]} draggable {...props} />));
}
const rows = () => [...place.querySelectorAll<HTMLElement>("[role=treeitem]")];
const texts = () => rows().map((row) => row.textContent);
const named = (name: string) => place.querySelector<HTMLElement>(`[aria-label="${name}"]`);
const press = async (element: HTMLElement | null | undefined, key: string) => act(async () => void element?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));

async function open(tab: string): Promise<void> {
  const found = [...place.querySelectorAll<HTMLElement>("[role=tab]")].find((each) => each.textContent === tab);
  await act(async () => void found?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 })));
}

test("the schema has the fields of all items", async () => {
  await show();
  expect(texts()).toEqual(['Tname"Ada"', "{}address", 'Tcity"Bern"', "#age3"]);
  expect(place.textContent).toContain("2 items");
});

test("without items it says what to do", async () => {
  await show({ runs: [] });
  expect(place.textContent).toContain("Run the node.");
  await show({ runs: [{ label: "Run 1", items: [] }] });
  expect(place.textContent).toContain("No items");
});

test("the tab that was chosen is remembered", async () => {
  await show();
  await open("Table");
  expect(place.querySelectorAll("tbody tr[aria-rowindex]").length).toBe(2);
  await act(async () => root.render(null));
  await show();
  expect(place.querySelector("table")).not.toBeNull();
});

test("the keyboard inserts a field into the expression that had the focus last", async () => {
  const target = { insert: vi.fn() };
  rememberTarget(target);
  await show({ isInputOf: "Send", nodeName: "Get" });
  const tree = place.querySelector<HTMLElement>("[role=tree]");
  await press(tree, "ArrowDown");
  await press(tree, "ArrowDown");
  await press(tree, "Enter");
  expect(target.insert).toHaveBeenCalledWith("$json.address.city");
  await act(async () => forgetTarget(target));
});

test("a drag brings the expression: of the own input, or of a node further back", async () => {
  await show({ isInputOf: "Send", nodeName: "Get" });
  expect(drag(2)).toEqual(["$json.address.city", "{{ $json.address.city }}"]);
  await show({ nodeName: "Get customer" });
  expect(drag(0)).toEqual(["$('Get customer').item.json.name", "{{ $('Get customer').item.json.name }}"]);
});

test("searching filters items and marks what was found", async () => {
  await show();
  await open("Table");
  const field = named("Search in data") as HTMLInputElement;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  await act(async () => {
    set?.call(field, "bo");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(place.textContent).toContain("1 of 2 items");
  expect([...place.querySelectorAll("tbody tr[aria-rowindex] td")].map((cell) => cell.textContent)).toEqual(["2", "Bob", "3"]);
  expect(place.querySelector("mark")?.textContent).toBe("Bo");
});

test("the last run is shown first; runs and ports can be chosen", async () => {
  const onPort = vi.fn();
  await show({ runs: [RUN, { label: "Run 2", items: [{ json: { second: 1 } }] }], ports: [{ value: "true", label: "True" }, { value: "false", label: "False" }], port: "true", onPort });
  expect(texts()).toEqual(["#second1"]);
  const choose = async (name: string, value: string) => {
    const select = named(name) as HTMLSelectElement;
    await act(async () => {
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };
  await choose("Run", "0");
  expect(texts()[0]).toContain("name");
  await choose("Port", "false");
  expect(onPort).toHaveBeenCalledWith("false");
});

test("data can be pinned, unpinned and edited", async () => {
  const [onPin, onUnpin, onSavePinned] = [vi.fn(), vi.fn(), vi.fn()];
  await show({ onPin, onUnpin, onSavePinned });
  await act(async () => named("Pin these data")?.click());
  expect(onPin).toHaveBeenCalledWith(RUN.items);
  await show({ onPin, onUnpin, onSavePinned, pinned: true });
  await act(async () => named("Unpin")?.click());
  expect(onUnpin).toHaveBeenCalled();
  await act(async () => named("Edit as pinned data")?.click());
  const save = [...place.querySelectorAll("button")].find((button) => button.textContent === "Save pinned data");
  await act(async () => save?.click());
  expect(onSavePinned).toHaveBeenCalledWith(RUN.items);
});

test("errors and files of items are told", async () => {
  await show({ runs: [{ label: "Run 1", items: [{ json: {}, error: { message: "Host not found" } }, { json: {}, binary: { data: { id: "018f0000-0000-7000-8000-000000000001", file_name: "a.pdf", media_type: "application/pdf", size: 5000 } } }] }] });
  expect(place.textContent).toContain("1 item failed: Host not found");
  expect(place.textContent).toContain("a.pdfapplication/pdf · 5 kB · item 2");
  expect(named("Download a.pdf")?.getAttribute("href")).toMatch(/^\/api\/v1\/files\/018f/);
});

function drag(at: number): [string | null, string | undefined] {
  const held = new Map<string, string>();
  const data = { effectAllowed: "", setData: (type: string, text: string) => void held.set(type, text), getData: (type: string) => held.get(type) ?? "" };
  rows()[at]?.dispatchEvent(Object.assign(new Event("dragstart", { bubbles: true }), { dataTransfer: data }));
  return [draggedExpression(data as unknown as DataTransfer), held.get("text/plain")];
}
