import { Box } from "lucide-react";

const PREFIX = "icon-";

/** Whether the sprite in the page has the symbol. */
export function hasSymbol(name: string): boolean {
  return document.getElementById(PREFIX + name) !== null;
}

/**
 * An icon that data names (a node type's, say), from the sprite in the page: no name can make the bundle larger.
 * An unknown name shows a box. Hidden from screen readers: the words beside it say the same.
 */
export function SymbolIcon({ name, size = 16 }: { name: string; size?: number | undefined }) {
  if (!hasSymbol(name)) return <Box size={size} aria-hidden="true" />;
  return (
    <svg className="symbol-icon" width={size} height={size} aria-hidden="true" focusable="false">
      <use href={`#${PREFIX}${name}`} />
    </svg>
  );
}
