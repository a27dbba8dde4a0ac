import { StrictMode, type ComponentType } from "react";
import { createRoot } from "react-dom/client";
import { ISLANDS_EVENT } from "./islands-event";
import { shareNonce } from "./nonce";

/**
 * Put a component into every element that names the island; its props are in the JSON script it points to.
 * What lies in a closed `<details>` waits until that is opened, so a page with a hundred islands opens at once.
 */
export function mountIsland<Props extends object>(name: string, Component: ComponentType<Props>): void {
  shareNonce();
  const known = new WeakSet<Element>();
  const mountNew = () => {
    for (const element of document.querySelectorAll<HTMLElement>(`[data-island="${name}"]`)) {
      if (known.has(element)) continue;
      known.add(element);
      whenOpen(element, () => mount(element, Component));
    }
  };
  mountNew();
  document.addEventListener(ISLANDS_EVENT, mountNew);
}

function mount<Props extends object>(element: HTMLElement, Component: ComponentType<Props>): void {
  const source = document.getElementById(element.dataset.props ?? "");
  const props = JSON.parse(source?.textContent ?? "{}") as Props;
  createRoot(element).render(
    <StrictMode>
      <Component {...props} />
    </StrictMode>,
  );
}

function whenOpen(element: HTMLElement, then: () => void): void {
  const closed = element.closest<HTMLDetailsElement>("details:not([open])");
  if (!closed) then();
  else closed.addEventListener("toggle", () => whenOpen(element, then), { once: true });
}
