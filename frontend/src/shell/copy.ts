/** `<button data-copy="id">` copies the text of an element and says so. */
import { toast } from "./toasts";

/** Copy a text; false when the browser refuses, as it does on pages without TLS. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function startCopyButtons(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    const source = button && document.getElementById(button.dataset.copy ?? "");
    if (!button || !source) return;
    if (await copyText(source.textContent?.trim() ?? "")) toast(button.dataset.copied ?? "Copied");
    else getSelection()?.selectAllChildren(source);
  });
}
