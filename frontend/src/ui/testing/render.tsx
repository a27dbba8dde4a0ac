import { act, type ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach } from "vitest";

/** Drawing and using components in tests: what jsdom lacks, and presses as a person makes them. */
class NoResizes {
  observe() {}
  unobserve() {}
  disconnect() {}
}

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, ResizeObserver: globalThis.ResizeObserver ?? NoResizes });
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.setPointerCapture ??= () => undefined;
Element.prototype.releasePointerCapture ??= () => undefined;

const roots: Root[] = [];

afterEach(async () => {
  await act(async () => roots.splice(0).forEach((root) => root.unmount()));
  document.body.innerHTML = "";
});

/** Draw an element into the page; answers its place and how to draw another in its stead. */
export async function render(element: ReactElement): Promise<{ place: HTMLElement; again: (next: ReactElement) => Promise<void> }> {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  roots.push(root);
  await act(async () => root.render(element));
  return { place, again: (next) => act(async () => root.render(next)) };
}

/** Let timers and promises of so many milliseconds pass. */
export const pass = (ms = 0) => act(async () => new Promise((done) => setTimeout(done, ms)));

export async function click(element: Element | null | undefined): Promise<void> {
  await act(async () => {
    element?.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true, cancelable: true, button: 0 }));
    (element as HTMLElement).click();
  });
}

/** Press a key on an element, or on what has the focus; menus move the focus a moment later. */
export async function press(key: string, options: KeyboardEventInit & { on?: Element | null } = {}): Promise<void> {
  const { on, ...more } = options;
  const target = on ?? document.activeElement ?? document.body;
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
    await new Promise((done) => setTimeout(done));
  });
}

/** Write into a field as typing would. */
export async function type(field: Element | null | undefined, text: string): Promise<void> {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  await act(async () => {
    (field as HTMLElement).focus();
    Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, text);
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** The element with a role, and with a name if one is given: by label, text or `aria-label`. */
export function byRole(role: string, name?: string): HTMLElement | undefined {
  const natural: Record<string, string> = { button: "button:not([role])", textbox: "input[type=text]:not([role]), textarea", checkbox: "input[type=checkbox]", dialog: "" };
  const selector = [`[role="${role}"]`, natural[role]].filter(Boolean).join(", ");
  return [...document.querySelectorAll<HTMLElement>(selector)].find((element) => name === undefined || nameOf(element) === name);
}

export function allByRole(role: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[role="${role}"]`)];
}

export function nameOf(element: Element): string {
  const by = element.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  return (element.getAttribute("aria-label") ?? by ?? element.textContent ?? "").trim();
}
