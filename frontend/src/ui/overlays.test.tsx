import { act, useState } from "react";
import { expect, test, vi } from "vitest";
import { Button, IconButton } from "./Button";
import { ContextMenu } from "./ContextMenu";
import { Dialog } from "./Dialog";
import { ariaKeys, keyNames } from "./Kbd";
import { Menu, type MenuEntry } from "./Menu";
import { Tabs } from "./Tabs";
import { allByRole, byRole, click, nameOf, pass, press, render } from "./testing/render";

function Renaming({ keepOpen }: { keepOpen?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rename</Button>
      <Dialog open={open} keepOpen={keepOpen} title="Rename it" description="Links stay." onClose={() => setOpen(false)} footer={<Button>Save</Button>}>
        <input aria-label="Name" />
      </Dialog>
    </>
  );
}

test("a dialog is named, takes the focus to its first field, closes on Escape and gives the focus back", async () => {
  await render(<Renaming />);
  const opener = byRole("button", "Rename") as HTMLElement;
  opener.focus();
  await click(opener);
  const dialog = byRole("dialog", "Rename it") as HTMLElement;
  expect(document.getElementById(dialog.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Links stay.");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Name");
  await press("Escape");
  await pass();
  expect(byRole("dialog")).toBeUndefined();
  expect(document.activeElement).toBe(opener);
});

test("a press outside closes a dialog, but not one with changes, and not one on a toast", async () => {
  const outside = async (element: Element) => {
    await pass(10);
    await act(async () => void element.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true, button: 0 })));
    await act(async () => (element as HTMLElement).click());
  };
  await render(<Renaming />);
  const toasts = document.body.appendChild(document.createElement("div"));
  toasts.className = "toasts";
  await click(byRole("button", "Rename"));
  await outside(toasts);
  expect(byRole("dialog")).toBeDefined();
  await outside(document.querySelector(".dialog-veil") as Element);
  expect(byRole("dialog")).toBeUndefined();
  document.body.innerHTML = "";
  await render(<Renaming keepOpen />);
  await click(byRole("button", "Rename"));
  await outside(document.querySelector(".dialog-veil") as Element);
  expect(byRole("dialog")).toBeDefined();
});

const entries = (chosen: (what: string) => void): MenuEntry[] => [
  { label: "Rename", keys: "F2", onSelect: () => chosen("rename") },
  { label: "Locked", disabled: true, onSelect: () => chosen("locked") },
  "separator",
  { label: "Map", checked: true, onSelect: () => chosen("map") },
  { label: "Export", items: [{ label: "As JSON", onSelect: () => chosen("json") }] },
];

test("a menu moves by arrows past what is disabled, and chooses by Enter", async () => {
  const chosen = vi.fn();
  await render(<Menu items={entries(chosen)} trigger={<Button>More</Button>} />);
  await press("Enter", { on: byRole("button", "More") ?? null });
  await pass();
  expect(allByRole("menuitem").map((item) => item.getAttribute("aria-keyshortcuts"))).toEqual(["F2", null, null]);
  expect(byRole("menuitemcheckbox", "Map")?.getAttribute("aria-checked")).toBe("true");
  await press("ArrowDown");
  await press("Enter");
  expect(chosen.mock.calls).toEqual([["map"]]);
  expect(byRole("menu")).toBeUndefined();
});

test("a submenu opens by the arrow", async () => {
  const chosen = vi.fn();
  await render(<Menu items={entries(chosen)} trigger={<Button>More</Button>} />);
  await press("ArrowDown", { on: byRole("button", "More") ?? null });
  await pass();
  await press("End");
  await press("ArrowRight");
  await pass();
  await press("Enter", { on: byRole("menuitem", "As JSON") ?? null });
  expect(chosen.mock.calls).toEqual([["json"]]);
});

test("a context menu asks for its entries when it opens, and leaves fields and empty places to the browser", async () => {
  let items: MenuEntry[] = [];
  await render(
    <ContextMenu label="Node" items={() => items}>
      <button type="button">Card</button>
      <input aria-label="Name" />
    </ContextMenu>,
  );
  const ask = async (element: Element | null | undefined) => {
    const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, button: 2, clientX: 5, clientY: 6 });
    await act(async () => void element?.dispatchEvent(event));
    return event.defaultPrevented;
  };
  const card = byRole("button", "Card");
  expect(await ask(card)).toBe(false);
  items = [{ label: "Delete" }];
  expect(await ask(document.querySelector("input"))).toBe(false);
  card?.focus();
  expect(await ask(card)).toBe(true);
  expect(nameOf(byRole("menu") as HTMLElement)).toBe("Node");
  await press("Escape");
  await pass();
  expect(document.activeElement).toBe(card);
});

test("only the chosen tab's content is in the page", async () => {
  const onChange = vi.fn();
  await render(<Tabs label="Output" value="a" onChange={onChange} items={[{ id: "a", label: "A", content: "first" }, { id: "b", label: "B", content: "second" }]} />);
  expect(document.body.textContent).not.toContain("second");
  await act(async () => byRole("tab", "A")?.focus());
  await press("ArrowRight");
  await pass();
  expect(onChange.mock.calls).toEqual([["b"]]);
});

test("a busy button does nothing, and an icon's label is its name", async () => {
  const onClick = vi.fn();
  await render(
    <>
      <Button busy onClick={onClick}>
        Save
      </Button>
      <IconButton icon={null} label="Undo" keys="Mod+Z" onClick={onClick} />
    </>,
  );
  await click(byRole("button", "Save"));
  expect(onClick).not.toHaveBeenCalled();
  expect(byRole("button", "Undo")?.getAttribute("aria-keyshortcuts")).toMatch(/^(Control|Meta)\+Z$/);
});

test("keys are named as on the keyboard", () => {
  expect(keyNames("Mod+Shift+z", true)).toEqual(["⌘", "⇧", "Z"]);
  expect(keyNames("Mod+Shift+z", false)).toEqual(["Ctrl", "Shift", "Z"]);
  expect(keyNames("g w", false)).toEqual(["G", "W"]);
  expect(keyNames("Mod++", false)).toEqual(["Ctrl", "+"]);
  expect(keyNames("mod+arrowup", false)).toEqual(["Ctrl", "↑"]);
  expect(keyNames("alt+enter", true)).toEqual(["⌥", "↩"]);
  expect(ariaKeys("Mod+S", true)).toBe("Meta+S");
  expect(ariaKeys("shift+arrowup", false)).toBe("Shift+ArrowUp");
});
