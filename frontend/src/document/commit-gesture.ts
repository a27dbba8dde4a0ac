/** One change that a person makes, committed; what the document refuses is told in words. */
import { Refusal, type Draft, type OpenDocument } from "../doc";
import type { CommitOptions } from "../doc/commit";
import { toast } from "../shell/toasts";

/** Whether something was changed. `words`: what people call a refusal; the document's own are the contract's. */
export function commitGesture<State>(
  document: OpenDocument<State>,
  gesture: (state: State) => readonly Draft[],
  options: CommitOptions,
  words: Readonly<Record<string, () => string>>,
): boolean {
  try {
    return document.history.commit(gesture(document.store.state()), options) !== null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    toast(words[error.code]?.() ?? error.message, "error");
    return false;
  }
}
