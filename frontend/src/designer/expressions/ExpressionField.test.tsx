import { act, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { insertExpression, insertionTarget } from "../data/insertion";
import { setDragged } from "./drag";
import { loadEditor } from "./editor/load";
import { ExpressionField, type ExpressionFieldProps } from "./ExpressionField";
import type { PreviewAnswer, PreviewSource, ScopeSource } from "./types";

const SCOPE: ScopeSource = {
  scope: async () => ({ execution: null, nodes: [], reference: [], roots: [{ name: "$json", description: "", sample: { name: "Ada" } }] }),
};
const answer = (value: string, count = 1): PreviewAnswer => ({ items: [{ item: 0, value, type: "string" }], count, source: { execution: "e", node: "n" } });

let root: Root;
let place: HTMLElement;
let stored: string;

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  // jsdom measures no text.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.innerHTML = "";
});

function Held(props: Partial<ExpressionFieldProps> & { first: string }) {
  const [value, setValue] = useState(props.first);
  stored = value;
  return <ExpressionField aria-label="Name" mode="template" scope={SCOPE} {...props} value={value} onChange={setValue} />;
}

async function show(props: Partial<ExpressionFieldProps> & { first: string }, isLoaded = true): Promise<void> {
  if (isLoaded) await loadEditor();
  await act(async () => root.render(<Held {...props} />));
}

const editor = () => place.querySelector<HTMLElement>(".cm-content");

async function pressing(key: string): Promise<void> {
  await act(async () => void editor()?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
}

/** A change as typing makes it: the browser edits the page, the editor reads it. */
async function typing(text: string): Promise<void> {
  const line = editor()?.querySelector(".cm-line");
  await act(async () => {
    line?.append(text);
    await new Promise((done) => setTimeout(done, 20));
  });
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !isSo(); tries += 1) await waited(30);
  expect(isSo()).toBe(true);
}

async function waited(milliseconds: number): Promise<void> {
  await act(async () => new Promise((done) => setTimeout(done, milliseconds)));
}

test("what is typed before the editor is there is kept, and so is the focus", async () => {
  await show({ first: "=a" }, false);
  const plain = place.querySelector("textarea");
  if (plain) {
    plain.focus();
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set;
    await act(async () => {
      set?.call(plain, "abc");
      plain.dispatchEvent(new Event("input", { bubbles: true }));
    });
    expect(stored).toBe("=abc");
  }
  await act(async () => void (await loadEditor()));
  await waited(20);
  expect(editor()?.textContent).toBe(plain ? "abc" : "a");
  expect(place.querySelector("textarea")).toBeNull();
  if (plain) expect(document.activeElement).toBe(editor());
});

test("a template is shown without its mark and stored with it", async () => {
  await show({ first: "=Hi {{ $json.name }}" });
  expect(editor()?.textContent).toBe("Hi {{ $json.name }}");
  expect(editor()?.getAttribute("aria-label")).toBe("Name");
  await typing("!");
  expect(stored).toBe("=Hi {{ $json.name }}!");
});

test("a value from outside appears, and is not told as one of the person's", async () => {
  const onChange = vi.fn();
  await loadEditor();
  const field = (value: string) => <ExpressionField aria-label="Name" mode="template" scope={SCOPE} value={value} onChange={onChange} />;
  await act(async () => root.render(field("=one")));
  await act(async () => root.render(field("=two")));
  expect(editor()?.textContent).toBe("two");
  expect(onChange).not.toHaveBeenCalled();
});

test("Tab is left to the page, and read-only is not edited", async () => {
  await show({ first: "=a", readOnly: true });
  expect(editor()?.getAttribute("contenteditable")).toBe("false");
  await act(async () => root.render(<Held first="=a" key="other" />));
  const event = new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true });
  await act(async () => void editor()?.dispatchEvent(event));
  expect(event.defaultPrevented).toBe(false);
  await pressing("a");
});

test("the result stands below, and the former one stays while the next is awaited", async () => {
  const asked: string[] = [];
  let release = () => {};
  const source: PreviewSource = {
    preview: (text) => {
      asked.push(text);
      if (text !== "=abc") return Promise.resolve(answer("first", 12));
      return new Promise((done) => (release = () => done(answer("second", 12))));
    },
  };
  const shown = () => place.querySelector(".preview")?.textContent ?? "";
  await show({ first: "=a", preview: source });
  await until(() => shown().includes('= "first"'));
  expect(shown()).toContain("item 1 of 12");
  await typing("bc");
  await until(() => asked.includes("=abc"));
  expect(place.querySelector(".preview.is-stale")?.textContent).toContain('"first"');
  await act(async () => release());
  expect(shown()).toContain('"second"');
  expect(place.querySelector(".preview.is-stale")).toBeNull();
  expect(asked).toEqual(["=a", "=abc"]);
});

test("a = at the front makes a fixed field an expression, and the writing goes on", async () => {
  await show({ first: "", mode: "text" });
  const field = place.querySelector("input");
  field?.focus();
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, "=");
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(stored).toBe("=");
  expect(document.activeElement).toBe(editor());
});

test("an expression opens in a bigger editor, with the data that it can use", async () => {
  await show({ first: "={{ $json.name }}", title: "Subject" });
  await act(async () => place.querySelector<HTMLElement>("[aria-label='Open in a bigger editor']")?.click());
  await until(() => document.querySelector("[role=dialog] [role=treeitem]") !== null);
  const dialog = document.querySelector<HTMLElement>("[role=dialog]");
  expect(dialog?.querySelector("h2")?.textContent).toBe("Subject");
  expect(dialog?.querySelector(".cm-content")?.textContent).toBe("{{ $json.name }}");
  expect(dialog?.querySelector("[role=treeitem]")?.textContent).toBe('Tname"Ada"');
});

test("the request of a former text is given up", async () => {
  const signals: AbortSignal[] = [];
  const source: PreviewSource = { preview: (_text, signal) => (signals.push(signal), new Promise(() => undefined)) };
  await show({ first: "=a", preview: source });
  await until(() => signals.length === 1);
  await typing("b");
  expect(signals[0]?.aborted).toBe(true);
});

test("an error is said in words, and marked where it is", async () => {
  const error = { message: "name is not there", code: "x", line: 1, column: 4 };
  const source: PreviewSource = { preview: async () => ({ items: [{ item: 0, error }], count: 1, source: { execution: null, node: "n" } }) };
  await show({ first: "={{ nope }}", preview: source });
  await until(() => place.querySelector(".preview-error") !== null);
  expect(place.querySelector(".preview-error")?.textContent).toContain("name is not there");
  expect(place.querySelector(".cm-fault")?.textContent).toBe("nope");
});

test("without data it says what to do; a large value is cut until it is asked for", async () => {
  const source: PreviewSource = { preview: async () => ({ items: [{ item: 0, value: "x".repeat(5_000), type: "string" }], count: 1, source: null }) };
  await show({ first: "=a", preview: source });
  const shown = () => place.querySelector(".preview")?.textContent ?? "";
  await until(() => shown().includes("= "));
  expect(shown()).toContain("No data yet");
  expect(shown().length).toBeLessThan(500);
  await act(async () => place.querySelector<HTMLElement>(".preview-link")?.click());
  expect(shown().length).toBeGreaterThan(5_000);
});

test("data are inserted into the field that had the focus last", async () => {
  await show({ first: "=Hi " });
  await act(async () => editor()?.focus());
  await pressing("End");
  expect(insertionTarget()).not.toBeNull();
  await act(async () => void insertExpression("$json.name"));
  expect(stored).toContain("{{ $json.name }}");
  await act(async () => root.render(null));
  expect(insertExpression("$json.name")).toBe(false);
});

test("dropping on a fixed field makes it an expression; a field without expressions takes nothing", async () => {
  await show({ first: "Hello ", mode: "text" });
  const data = transfer();
  setDragged(data as unknown as DataTransfer, "$json.name");
  expect(data.getData("text/plain")).toBe("{{ $json.name }}");
  const drop = async () => {
    const event = Object.assign(new Event("drop", { bubbles: true, cancelable: true }), { dataTransfer: data });
    await act(async () => void place.querySelector("input")?.dispatchEvent(event));
  };
  await drop();
  expect(stored).toBe("=Hello {{ $json.name }}");
  expect(editor()?.textContent).toBe("Hello {{ $json.name }}");
  await act(async () => root.render(<Held key="none" first="Hello " mode="text" scope={null} />));
  await drop();
  expect(stored).toBe("Hello ");
});

function transfer() {
  const held = new Map<string, string>();
  return {
    effectAllowed: "",
    dropEffect: "",
    get types() {
      return [...held.keys()];
    },
    setData: (type: string, text: string) => void held.set(type, text),
    getData: (type: string) => held.get(type) ?? "",
  };
}
