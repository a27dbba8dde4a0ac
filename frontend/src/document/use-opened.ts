/** What a page opens once and closes when it goes; tried again when somebody asks for it. */
import { useEffect, useState } from "react";

interface Closable {
  readonly document: { close(): void; readonly sync: { wake(): void } };
}

export interface Opened<Model> {
  readonly model: Model | null;
  /** Why it could not be opened; null while all is well. */
  readonly problem: string | null;
  readonly again: () => void;
}

/** `open` belongs to one page for ever. */
export function useOpened<Model extends Closable>(open: () => Promise<Model>): Opened<Model> {
  const [model, setModel] = useState<Model | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    let made: Model | null = null;
    const wake = (): void => made?.document.sync.wake();
    addEventListener("online", wake);
    open().then(
      (opened) => {
        made = opened;
        if (gone) return opened.document.close();
        setModel(opened);
      },
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      gone = true;
      made?.document.close();
      removeEventListener("online", wake);
    };
  }, [attempt]);
  return { model, problem, again: () => (setProblem(null), setAttempt((count) => count + 1)) };
}
