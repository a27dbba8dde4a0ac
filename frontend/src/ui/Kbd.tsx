const MAC: Readonly<Record<string, string>> = { Mod: "⌘", Alt: "⌥", Shift: "⇧", Enter: "↩", Delete: "⌫" };
const OTHER: Readonly<Record<string, string>> = { Mod: "Ctrl", Delete: "Del" };

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** The names of a shortcut's keys as they stand on the keyboard: `Mod+Shift+Z` is ⌘ ⇧ Z or Ctrl Shift Z. */
export function keyNames(keys: string, mac = isMac()): string[] {
  const names = mac ? MAC : OTHER;
  return keys.split(/[+ ](?=.)/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** A shortcut as `aria-keyshortcuts` wants it. */
export function ariaKeys(keys: string, mac = isMac()): string {
  return keys.replace("Mod", mac ? "Meta" : "Control");
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
