import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

/** Finding and replacing in a long text. */
export function searching(): Extension {
  return [highlightSelectionMatches(), keymap.of(searchKeymap)];
}
