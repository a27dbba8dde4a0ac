import { useState } from "react";
import { expect, test, vi } from "vitest";
import { Checkbox } from "./Checkbox";
import { Field } from "./Field";
import { NumberInput, numberIn } from "./NumberInput";
import { Segmented } from "./Segmented";
import { Select } from "./Select";
import { Switch } from "./Switch";
import { TextInput } from "./TextInput";
import { byRole, click, press, render, type } from "./testing/render";

function Numbers({ start, onChange, min, max }: { start: number | null; onChange: (value: number | null) => void; min?: number; max?: number }) {
  const [value, setValue] = useState(start);
  return <NumberInput aria-label="Tries" value={value} min={min} max={max} onChange={(next) => (setValue(next), onChange(next))} />;
}
const tries = () => byRole("spinbutton", "Tries") as HTMLInputElement;

test("a field ties label, help and error to its control", async () => {
  await render(
    <Field label="Path" help="Where it is called." error="Begins with a slash." required>
      <TextInput value="x" onChange={() => undefined} />
    </Field>,
  );
  const input = byRole("textbox", "Path");
  const described = input?.getAttribute("aria-describedby")?.split(" ").map((id) => document.getElementById(id)?.textContent);
  expect(described).toEqual(["Where it is called.", "Begins with a slash."]);
  expect(input?.getAttribute("aria-invalid")).toBe("true");
  expect(input?.getAttribute("aria-required")).toBe("true");
  expect(document.querySelector("label")?.htmlFor).toBe(input?.id);
});

test("the keyboard comes to a field before what can be done with it", async () => {
  const { place } = await render(
    <Field label="Path" actions={<button type="button">fx</button>}>
      <TextInput value="x" onChange={() => undefined} />
    </Field>,
  );
  expect([...place.querySelectorAll("input, button")].map(({ localName }) => localName)).toEqual(["input", "button"]);
});

test("a control with a name of its own keeps it inside of a field", async () => {
  await render(
    <Field label="Headers">
      <TextInput aria-label="Header 1" value="" onChange={() => undefined} />
    </Field>,
  );
  expect(byRole("textbox", "Header 1")?.hasAttribute("aria-labelledby")).toBe(false);
});

test.each([["", null], [" 12 ", 12], ["-1,5", -1.5], [".5", 0.5], ["1e3", 1000], ["1e999", undefined], ["12px", undefined], ["-", undefined], ["0x10", undefined]])(
  "%j is read as %j",
  (text, value) => expect(numberIn(text)).toBe(value),
);

test("what is no number is marked, does not reach the value, and is taken back on leaving", async () => {
  const onChange = vi.fn();
  await render(<Numbers start={3} onChange={onChange} />);
  await type(tries(), "3 times");
  expect(tries().getAttribute("aria-invalid")).toBe("true");
  expect(onChange).not.toHaveBeenCalled();
  await import("react").then(({ act }) => act(async () => tries().blur()));
  expect(tries().value).toBe("3");
});

test("a number out of range is brought into it on leaving, not while typing", async () => {
  const onChange = vi.fn();
  await render(<Numbers start={5} min={5} max={50} onChange={onChange} />);
  await type(tries(), "1");
  expect(tries().value).toBe("1");
  await type(tries(), "12");
  await type(tries(), "120");
  await import("react").then(({ act }) => act(async () => tries().blur()));
  expect(onChange.mock.calls.map(([value]) => value)).toEqual([12, 50]);
});

test("arrows step, with Shift by ten, within the range and without binary dust", async () => {
  const onChange = vi.fn();
  await render(<Numbers start={0} max={12} onChange={onChange} />);
  await press("ArrowUp", { on: tries() });
  await press("ArrowUp", { on: tries(), shiftKey: true });
  await press("ArrowUp", { on: tries(), shiftKey: true });
  await press("ArrowDown", { on: tries() });
  expect(onChange.mock.calls.map(([value]) => value)).toEqual([1, 11, 12, 11]);
});

test("a segmented choice is one tab stop, and arrows go round", async () => {
  const onChange = vi.fn();
  const options = [{ value: "a", label: "A" }, { value: "b", label: "B", disabled: true }, { value: "c", label: "C" }];
  await render(<Segmented label="Mode" value="c" onChange={onChange} options={options} />);
  expect([...document.querySelectorAll("[role=radio]")].map((radio) => (radio as HTMLElement).tabIndex)).toEqual([-1, -1, 0]);
  await press("ArrowRight", { on: byRole("radio", "C") ?? null });
  await press("ArrowLeft", { on: byRole("radio", "C") ?? null });
  expect(onChange.mock.calls.map(([value]) => value)).toEqual(["a", "a"]);
});

test("a select shows groups and says nothing is chosen", async () => {
  const options = [{ label: "Read", options: [{ value: "get", label: "GET" }] }, { value: "x", label: "Other" }];
  await render(<Select aria-label="Method" value="" onChange={() => undefined} options={options} placeholder="Choose" />);
  const select = document.querySelector("select") as HTMLSelectElement;
  expect(select.selectedOptions[0]?.textContent).toBe("Choose");
  expect(select.querySelector("optgroup")?.label).toBe("Read");
});

test("a switch and a box are named by their words and say what they become", async () => {
  const onChange = vi.fn();
  await render(
    <>
      <Switch checked={false} onChange={onChange} label="Active" />
      <Checkbox checked="mixed" onChange={onChange} label="All" />
    </>,
  );
  await click(byRole("switch", "Active"));
  const box = byRole("checkbox", "All") as HTMLInputElement;
  expect(box.indeterminate).toBe(true);
  await click(box);
  expect(onChange.mock.calls).toEqual([[true], [true]]);
});
