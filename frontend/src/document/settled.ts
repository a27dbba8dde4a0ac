/** Runs, checks and versions are of what the server has: this waits until it has everything. */
import type { OpenDocument } from "../doc";
import { _ } from "../lib/i18n";

/** Whatever has a document open, such as a designer. */
interface Holder {
  readonly document: { readonly sync: Pick<OpenDocument<unknown>["sync"], "saving" | "subscribe" | "wake"> };
}

const LONGEST_MS = 15_000;

/** Resolves when the server has what was typed; at once when it cannot be reached, so that whoever asks it is told why. */
export function caughtUp({ document: { sync } }: Holder): Promise<void> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const saving = sync.saving();
      const waits = saving.kind === "saving" || (saving.kind === "refused" && saving.pending > 0);
      if (!waits) resolve();
      return !waits;
    };
    if (look()) return;
    const stop = sync.subscribe(() => look() && stop());
  });
}

/** Rejects with a sentence for people when the server cannot be reached or does not answer in time. */
export function settled({ document: { sync } }: Holder, milliseconds = LONGEST_MS): Promise<void> {
  sync.wake();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(new Error(_("Your last changes are not saved yet. Try again in a moment."))), milliseconds);
    const look = (): void => {
      const saving = sync.saving();
      if (saving.kind === "offline") end(new Error(_("The server cannot be reached. Your changes are kept here until it can.")));
      else if (saving.kind === "saved" || (saving.kind === "refused" && saving.pending === 0)) end(null);
    };
    const stop = sync.subscribe(look);
    const end = (problem: Error | null): void => {
      clearTimeout(timer);
      stop();
      if (problem) reject(problem);
      else resolve();
    };
    look();
  });
}
