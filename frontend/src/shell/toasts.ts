/** Toasts: the page's messages first, then whatever scripts have to say. */
const STAY_MS = 8000;
const STAY_WITH_ACTION_MS = 15_000;
export type ToastKind = "success" | "error" | "warning" | "info";

export interface ToastOptions {
  /** A button that does something about it, such as taking it back. */
  action?: { label: string; onSelect: () => void } | undefined;
}

/** Say something in the corner, and to screen readers; errors stay until they are closed. */
export function toast(message: string, kind: ToastKind = "success", { action }: ToastOptions = {}): void {
  const region = document.querySelector(".toasts");
  const pattern = document.querySelector<HTMLTemplateElement>(`template[data-toast="${kind}"]`);
  if (!region || !pattern) return;
  const element = pattern.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const text = element.querySelector("p");
  if (text) text.textContent = message;
  if (action) element.querySelector("[data-close-toast]")?.before(actionButton(action, element));
  region.append(element);
  leaveLater(element);
}

function actionButton({ label, onSelect }: NonNullable<ToastOptions["action"]>, element: HTMLElement): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.dataset.toastAction = "";
  button.textContent = label;
  button.addEventListener("click", () => {
    element.remove();
    onSelect();
  });
  return button;
}

function leaveLater(element: HTMLElement): void {
  if (element.classList.contains("error")) return;
  const stay = element.querySelector("form, [data-toast-action]") ? STAY_WITH_ACTION_MS : STAY_MS;
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => element.remove(), stay);
  };
  const hold = () => clearTimeout(timer);
  wait();
  element.addEventListener("pointerenter", hold);
  element.addEventListener("focusin", hold);
  element.addEventListener("pointerleave", wait);
  element.addEventListener("focusout", wait);
}

export function startToasts(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-close-toast]");
    button?.closest(".toast")?.remove();
  });
  for (const element of document.querySelectorAll<HTMLElement>(".toasts > .toast")) leaveLater(element);
}
