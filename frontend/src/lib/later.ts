/** Code that is loaded once the page stands: at rest, or at once when it is wanted. */
import { useEffect, useRef, useState } from "react";

const REST_MS = 2_000;

/** Runs when the browser has nothing else to do; the answer calls it off. */
export function atRest(work: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(work, { timeout: REST_MS });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, REST_MS / 10);
  return () => clearTimeout(timer);
}

/**
 * What `load` answers; null until it is there. It is asked at rest, so that it is there when it is wanted, and each
 * time that it becomes wanted; `failed` hears of it only then. Load and wants belong to one place for ever.
 */
export function useLater<Part>(load: () => Promise<Part>, wanted: boolean, failed: (error: unknown) => void): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  const latest = useRef({ load, failed });
  useEffect(() => {
    latest.current = { load, failed };
  });
  const isThere = part !== null;
  useEffect(() => {
    if (isThere) return;
    let gone = false;
    const ask = (): void =>
      void latest.current.load().then(
        (found) => gone || setPart(() => found),
        (error: unknown) => gone || (wanted && latest.current.failed(error)),
      );
    const callOff = wanted ? (ask(), () => {}) : atRest(ask);
    return () => {
      gone = true;
      callOff();
    };
  }, [isThere, wanted]);
  return part;
}
