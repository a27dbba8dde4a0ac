/** Asks before the page goes while something waits to be sent that this browser could not keep for the next time. */
import type { OpenDocument } from "../doc";

type Kept = Pick<OpenDocument<unknown>, "store" | "persister">;

/** `lasts`: whether what is kept is still there when the page has gone. The answer ends it. */
export function asksBeforeLoss({ store, persister }: Kept, lasts: boolean): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    const waiting = store.pending.map(({ id }) => id);
    if (waiting.length > 0 && !(lasts && persister.keeps(waiting))) event.preventDefault();
  };
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}
