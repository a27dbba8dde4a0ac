/** The editor is loaded once, with the first field that needs it. */
import type { createEditor } from "./create";

type Create = typeof createEditor;

let loading: Promise<Create> | null = null;
let loaded: Create | null = null;

export function loadEditor(): Promise<Create> {
  loading ??= import("./create").then(
    (module) => (loaded = module.createEditor),
    (error: unknown) => {
      loading = null; // a lost connection is no reason to stay without for ever
      throw error;
    },
  );
  return loading;
}

/** What is there already. */
export function editorAtHand(): Create | null {
  return loaded;
}
