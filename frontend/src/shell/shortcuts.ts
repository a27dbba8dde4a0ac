/**
 * The keyboard: one table of commands, which the listener and the help dialog read.
 * Links add themselves with `data-keys="g w"`: keys that are pressed one after the other.
 */
import { openDialog } from "./dialogs";

export interface Command {
  keys: string;
  run: () => boolean;
}

const CHORD_MS = 1200;

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>("input[type=search]");
  search?.focus();
  search?.select();
  return search !== null;
}

/** Every command of this page. */
export function commands(): Command[] {
  const links = [...document.querySelectorAll<HTMLElement>("[data-keys]")].map((link) => ({
    keys: link.dataset.keys ?? "",
    run: () => (link.click(), true),
  }));
  return [{ keys: "/", run: focusSearch }, { keys: "?", run: () => openDialog("shortcuts") }, ...links];
}

/** Whether the keys belong to a field, not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest(".cm-editor") !== null)
  );
}

/** Reads keys one by one; answers the command that they complete. */
export class KeyReader {
  #pressed = "";
  #at = 0;

  read(key: string, all: readonly Command[], now: number): Command | undefined {
    const before = now - this.#at < CHORD_MS ? this.#pressed : "";
    const chord = before ? `${before} ${key}` : key;
    const found = all.find((command) => command.keys === chord) ?? all.find((command) => command.keys === key);
    this.#pressed = found ? "" : key;
    this.#at = now;
    return found;
  }
}

export function startShortcuts(): void {
  const reader = new KeyReader();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (document.querySelector("dialog[open], [role='dialog']")) return;
    if (reader.read(event.key, commands(), event.timeStamp)?.run()) event.preventDefault();
  });
}
