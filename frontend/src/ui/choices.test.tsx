import fc from "fast-check";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { Combobox, type ComboboxProps, type Option } from "./Combobox";
import { ListEditor } from "./ListEditor";
import { MultiSelect } from "./MultiSelect";
import { TextInput } from "./TextInput";
import { fitting } from "./options";
import { moved } from "./row-drag";
import { allByRole, byRole, click, pass, press, render, type } from "./testing/render";

const COUNTRIES: Option[] = [
  { value: "de", label: "Deutschland", note: "Berlin" },
  { value: "at", label: "Österreich" },
  { value: "us", label: "United States" },
];
const labels = () => allByRole("option").map((option) => option.querySelector(".option-text")?.firstChild?.textContent ?? option.textContent);

function Choosing(props: Partial<ComboboxProps> & { start?: string }) {
  const [value, setValue] = useState(props.start ?? "");
  return <Combobox aria-label="Country" options={COUNTRIES} {...props} value={value} onChange={(next, option) => (setValue(next), props.onChange?.(next, option))} />;
}
const field = () => byRole("combobox", "Country") as HTMLInputElement;

test("typing narrows, without regard to accents and case, and Enter chooses", async () => {
  const onChange = vi.fn();
  await render(<Choosing onChange={onChange} />);
  await type(field(), "OSTER");
  expect(labels()).toEqual(["Österreich"]);
  expect(document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent).toBe("Österreich");
  await press("Enter", { on: field() });
  expect(onChange.mock.calls[0]?.[0]).toBe("at");
  expect(field().value).toBe("Österreich");
  expect(field().getAttribute("aria-expanded")).toBe("false");
});

test("Escape closes the list and nothing around it", async () => {
  const around = vi.fn();
  await render(
    <div onKeyDown={around}>
      <Choosing start="de" />
    </div>,
  );
  await press("ArrowDown", { on: field() });
  expect(labels()).toHaveLength(3);
  around.mockClear();
  await press("Escape", { on: field() });
  expect(allByRole("option")).toEqual([]);
  expect(around).not.toHaveBeenCalled();
  expect(field().value).toBe("Deutschland");
});

test("a search is given up when the next begins, and its late answer is not shown", async () => {
  const answers = new Map<string, (found: Option[]) => void>();
  const signals: AbortSignal[] = [];
  const search = (query: string, signal: AbortSignal) => (signals.push(signal), new Promise<Option[]>((answer) => answers.set(query, answer)));
  await render(<Choosing options={search} />);
  await click(field());
  await pass(10);
  await type(field(), "b");
  await pass(250);
  expect(signals[0]?.aborted).toBe(true);
  answers.get("b")?.([{ value: "b", label: "Right" }]);
  answers.get("")?.([{ value: "x", label: "Late" }]);
  await pass();
  expect(labels()).toEqual(["Right"]);
});

test("a search that fails says why", async () => {
  await render(<Choosing options={() => Promise.reject(new Error("The service answered 502."))} />);
  await click(field());
  await pass(10);
  expect(document.querySelector(".option-state")?.textContent).toBe("The service answered 502.");
});

test("creating is the last entry and gets what was typed", async () => {
  const onCreate = vi.fn();
  await render(<Choosing create={{ label: (query) => `Create ${query}`, onCreate }} />);
  await type(field(), "Atlantis");
  expect(allByRole("option").map((option) => option.textContent)).toEqual(["Create Atlantis"]);
  await press("Enter", { on: field() });
  expect(onCreate.mock.calls).toEqual([["Atlantis"]]);
});

test("several are chosen in the list, and Backspace takes the last away", async () => {
  function Several() {
    const [value, setValue] = useState(["us"]);
    return <MultiSelect aria-label="Country" value={value} onChange={setValue} options={COUNTRIES} />;
  }
  await render(<Several />);
  const chips = () => [...document.querySelectorAll(".multi-chip")].map((chip) => chip.textContent);
  await type(field(), "de");
  await press("Enter", { on: field() });
  expect(chips()).toEqual(["United States", "Deutschland"]);
  await press("Backspace", { on: field() });
  expect(chips()).toEqual(["United States"]);
  await click(byRole("button", "Remove United States"));
  expect(chips()).toEqual([]);
});

test("options that fit hold every word, and those that begin with it come first", () => {
  const options = ["Send mail", "Mail, read", "Mailbox"].map((label) => ({ value: label, label }));
  expect(fitting(options, "mail").map(({ value }) => value)).toEqual(["Mail, read", "Mailbox", "Send mail"]);
  expect(fitting(options, "read  mail").map(({ value }) => value)).toEqual(["Mail, read"]);
  expect(fitting(options, "  ")).toBe(options);
});

function Headers({ start, min }: { start: string[]; min?: number }) {
  const [items, setItems] = useState(start);
  return (
    <ListEditor label="Headers" items={items} onChange={setItems} min={min} add={() => "new"} nameOf={(name) => name} row={(name, index, update) => <TextInput aria-label={`Header ${index}`} value={name} onChange={update} />} />
  );
}
const rows = () => [...document.querySelectorAll<HTMLInputElement>(".list-row input")].map((input) => input.value);

test("rows are added, changed, moved and removed by keyboard, and that is said", async () => {
  await render(<Headers start={["a", "b", "c"]} />);
  await press("ArrowDown", { on: byRole("button", "Move a") ?? null });
  expect(rows()).toEqual(["b", "a", "c"]);
  expect(document.querySelector("[role=status]")?.textContent).toBe("a is now number 2 of 3");
  await press("ArrowUp", { on: byRole("textbox", "Header 2") ?? null, altKey: true });
  expect(rows()).toEqual(["b", "c", "a"]);
  await press("ArrowUp", { on: byRole("textbox", "Header 1") ?? null });
  expect(rows()).toEqual(["b", "c", "a"]);
  await type(byRole("textbox", "Header 0"), "z");
  await click(byRole("button", "Remove c"));
  await click(byRole("button", "Add"));
  expect(rows()).toEqual(["z", "a", "new"]);
});

test("the last rows that must stay cannot be removed", async () => {
  await render(<Headers start={["a"]} min={1} />);
  expect((byRole("button", "Remove a") as HTMLButtonElement).disabled).toBe(true);
});

test("moving an item keeps all items and puts it where it was wanted", () => {
  const places = fc.array(fc.integer(), { minLength: 1, maxLength: 12 }).chain((items) =>
    fc.tuple(fc.constant(items), fc.nat(items.length - 1), fc.nat(items.length - 1)),
  );
  fc.assert(
    fc.property(places, ([items, from, to]) => {
      const next = moved(items, from, to);
      expect(next[to]).toBe(items[from]);
      expect(next.toSorted()).toEqual(items.toSorted());
      expect(moved(next, to, from)).toEqual(items);
    }),
  );
});
