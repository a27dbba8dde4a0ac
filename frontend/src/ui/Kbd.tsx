/** What stands on the keys of most keyboards; on those of Apple, signs. */
const NAMES: Readonly<Record<string, string>> = { mod: "Ctrl", escape: "Esc", delete: "Del", backspace: "⌫", arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→", " ": "Space" };
const MAC: Readonly<Record<string, string>> = { ...NAMES, mod: "⌘", alt: "⌥", shift: "⇧", enter: "↩", delete: "⌫" };
/** The names of keys that events have and that are not one word. */
const EVENT_NAMES: Readonly<Record<string, string>> = { arrowup: "ArrowUp", arrowdown: "ArrowDown", arrowleft: "ArrowLeft", arrowright: "ArrowRight", " ": "Space" };

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);
const capital = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);
const partsOf = (keys: string): string[] => keys.split(/[+ ](?=.)/);

/** The names of a shortcut's keys as they stand on the keyboard: `mod+shift+z` and `Mod+Shift+Z` are ⌘ ⇧ Z or Ctrl Shift Z. */
export function keyNames(keys: string, mac = isMac()): string[] {
  const names = mac ? MAC : NAMES;
  return partsOf(keys).map((key) => names[key.toLowerCase()] ?? capital(key));
}

/** A shortcut as `aria-keyshortcuts` wants it. */
export function ariaKeys(keys: string, mac = isMac()): string {
  const nameOf = (key: string): string => (key === "mod" ? (mac ? "Meta" : "Control") : (EVENT_NAMES[key] ?? capital(key)));
  return partsOf(keys).map((key) => nameOf(key.toLowerCase())).join("+");
}

/** A shortcut in one text: “Ctrl Z”, “⌘Z”. */
export function keyLabel(keys: string): string {
  return keyNames(keys).join(isMac() ? "" : " ");
}

/** The keys of a shortcut, hidden from screen readers: the control says them by `aria-keyshortcuts`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="keys" aria-hidden="true">
      {keyNames(keys).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
