/** The theme that a person chose, kept in this browser. `templates/components/theme.html` applies it before the first paint. */
export type Theme = "system" | "light" | "dark";
const KEY = "exprsn.theme";
const ORDER: readonly Theme[] = ["system", "light", "dark"];

/** The stored theme; the system's when nothing is stored, or when the browser refuses to say. */
export function storedTheme(storage?: Pick<Storage, "getItem">): Theme {
  try {
    const found = (storage ?? localStorage).getItem(KEY);
    return ORDER.includes(found as Theme) ? (found as Theme) : "system";
  } catch {
    return "system";
  }
}

export function applyTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

export function nextTheme(theme: Theme): Theme {
  return ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? "system";
}

/** Keep the theme; where nothing can be kept it holds for this page alone. */
export function storeTheme(theme: Theme, storage?: Pick<Storage, "setItem">): void {
  try {
    (storage ?? localStorage).setItem(KEY, theme);
  } catch {
    // Storage is switched off.
  }
}

export function startThemeButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-theme-toggle]")) {
    const show = (theme: Theme) => {
      button.dataset.current = theme;
      const name = button.querySelector<HTMLElement>(`[data-shows="${theme}"]`)?.title ?? theme;
      button.setAttribute("aria-label", `${button.dataset.label ?? "Theme"}: ${name}`);
    };
    let current = storedTheme();
    show(current);
    button.addEventListener("click", () => {
      current = nextTheme(current);
      storeTheme(current);
      applyTheme(current);
      show(current);
    });
  }
}
