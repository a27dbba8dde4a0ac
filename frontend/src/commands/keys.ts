/** Keys of commands: how they are pressed. How they are written for people: `ui/Kbd`. */
/** What was pressed, as the table writes it: `mod+shift+z`. */
export function pressed(event: KeyboardEvent): string {
  const parts = [];
  if (event.metaKey || event.ctrlKey) parts.push("mod");
  if (event.altKey) parts.push("alt");
  // A shifted sign such as “?” is its own key.
  if (event.shiftKey && (event.key.length > 1 || /[a-z0-9]/i.test(event.key) || event.metaKey || event.ctrlKey)) parts.push("shift");
  parts.push(event.key.toLowerCase());
  return parts.join("+");
}

const FIELDS = "input, textarea, select, [contenteditable], .cm-editor";
const LAYERS = "[role='menu'], [role='listbox'], dialog, [role='dialog']";

/** Whether typing goes to the element: shortcuts leave it alone. */
export function takesTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`${FIELDS}, ${LAYERS}`) !== null;
}

const PRESSED = "button, a[href], summary, [role='button'], [role='tab'], [role='switch'], [role='checkbox']";

/** Whether the key presses what has the focus: a button is meant then, and not the step that is selected. */
export function pressesTarget(event: KeyboardEvent): boolean {
  return pressed(event) === "enter" && event.target instanceof Element && event.target.closest(PRESSED) !== null;
}

/** Whether the element belongs to what lies over the page: the page's own commands wait until it is gone. */
export function isInLayer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(LAYERS) !== null;
}
