/** Small helps for forms; each of them works without scripts too. */
import { showRelativeTimes } from "./relative-time";

/** Typing rests for this long before the list follows. */
const PAUSE_MS = 300;

/**
 * `<form data-filters>` beside `<section data-results>`: choosing and typing show the new list in place.
 * The address follows, so that reloading, sharing and the back button mean what is on the screen.
 */
export function startFilters(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-filters]")) {
    addStatus(form);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: AbortController | undefined;
    const refresh = () => {
      clearTimeout(timer);
      current?.abort();
      current = new AbortController();
      void showResults(form, current.signal);
    };
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement) refresh();
    });
    form.addEventListener("input", (event) => {
      if (!(event.target instanceof HTMLInputElement)) return;
      clearTimeout(timer);
      timer = setTimeout(refresh, PAUSE_MS);
    });
  }
}

/** The address that the form asks for; empty fields are left out. */
export function addressOf(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) query.append(name, value);
  const text = query.toString();
  return text ? `${location.pathname}?${text}` : location.pathname;
}

async function showResults(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const address = addressOf(form);
  const place = document.querySelector("[data-results]");
  place?.setAttribute("aria-busy", "true");
  const found = place && (await fetchResults(address, signal));
  if (signal.aborted) return;
  if (!found) {
    form.requestSubmit();
    return;
  }
  place.replaceWith(found);
  history.replaceState(null, "", address);
  showRelativeTimes(found);
  const status = form.querySelector("[role=status]");
  if (status) status.textContent = (found as HTMLElement).dataset.said ?? "";
}

/** The list as it is now, in place; what had the focus keeps it. */
export async function refreshResults(): Promise<void> {
  const found = await fetchResults(location.href, new AbortController().signal);
  const place = document.querySelector("[data-results]");
  if (!found || !place || found.innerHTML === place.innerHTML) return;
  const ticked = [...place.querySelectorAll<HTMLInputElement>("input[type=checkbox][value]:checked")].map(({ value }) => value);
  const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  place.replaceWith(found);
  showRelativeTimes(found);
  for (const value of ticked) found.querySelector<HTMLInputElement>(`input[type=checkbox][value="${CSS.escape(value)}"]`)?.click();
  if (focused) found.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

/** Where screen readers are told what the list is now. It must be there before its words are. */
function addStatus(form: HTMLFormElement): void {
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(status);
}

/** The list of another address; null when there is none, as after signing out elsewhere. */
async function fetchResults(address: string, signal: AbortSignal): Promise<Element | null> {
  try {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return answer.ok ? page.querySelector("[data-results]") : null;
  } catch {
    return null;
  }
}

/** `<input type=checkbox data-tick-all="ids">` ticks every box of this name, or none. */
export function startTickAll(): void {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset.tickAll === undefined) return;
    const name = CSS.escape(target.dataset.tickAll);
    for (const box of document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${name}"]`)) box.checked = target.checked;
  });
}

/** `<input type=file data-fill="id">` shows the chosen file's text in a text area. */
export function startFilePickers(): void {
  for (const picker of document.querySelectorAll<HTMLInputElement>("input[type=file][data-fill]")) {
    picker.addEventListener("change", async () => {
      const target = document.getElementById(picker.dataset.fill ?? "");
      const file = picker.files?.[0];
      if (target instanceof HTMLTextAreaElement && file) target.value = await file.text();
    });
  }
}

/** `<form data-drop="id">`: a file that is dropped on the form is chosen in that file input. */
export function startDropZones(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-drop]")) {
    const input = document.getElementById(form.dataset.drop ?? "");
    if (!(input instanceof HTMLInputElement)) continue;
    form.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("dropping");
    });
    form.addEventListener("dragleave", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) form.classList.remove("dropping");
    });
    form.addEventListener("drop", (event) => {
      form.classList.remove("dropping");
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
  }
}

/** A form is sent once: its button waits for the answer. */
export function startSendOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // The browser's back button shows the page as it was left.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  });
}
