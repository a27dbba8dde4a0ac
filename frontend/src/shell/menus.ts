/** Menus are `<details class="menu">`: they open without scripts; scripts add closing, arrows and Escape. */
const OPEN = "details.menu[open]";

function close(menu: HTMLDetailsElement, focus: boolean): void {
  menu.open = false;
  if (focus) menu.querySelector("summary")?.focus();
}

function entries(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>(".menu-item")];
}

/** The entry that a key moves to; undefined when the key moves nothing. */
export function moveTo<Entry>(key: string, all: readonly Entry[], current: Entry | undefined): Entry | undefined {
  const index = current === undefined ? -1 : all.indexOf(current);
  if (key === "ArrowDown") return all[(index + 1) % all.length];
  if (key === "ArrowUp") return all[(index <= 0 ? all.length : index) - 1];
  if (key === "Home") return all[0];
  return key === "End" ? all[all.length - 1] : undefined;
}

function onKey(event: KeyboardEvent): void {
  const menu = document.querySelector<HTMLDetailsElement>(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    close(menu, true);
    return;
  }
  if (!menu.contains(event.target as Node)) return;
  const target = moveTo(event.key, entries(menu), document.activeElement as HTMLElement);
  if (target) {
    event.preventDefault();
    target.focus();
  }
}

export function startMenus(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const chosen = target.closest(".menu-item[data-dialog]") !== null;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      if (chosen || !menu.contains(target)) close(menu, false);
    }
  });
  document.addEventListener("keydown", onKey);
}
