import type { Suggestion } from "../suggest";

/** The panel beside the list: signature, one line, an example and what it comes to. */
export function infoOf({ label, detail, description, entry }: Suggestion): HTMLElement {
  const panel = document.createElement("div");
  panel.append(line("div", "cm-info-signature", entry?.signature ?? (detail || label)));
  const said = entry?.description ?? description;
  if (said) panel.append(line("div", "cm-info-text", said));
  if (entry?.example) panel.append(line("code", "cm-info-example", entry.result ? `${entry.example} → ${entry.result}` : entry.example));
  return panel;
}

function line(tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
