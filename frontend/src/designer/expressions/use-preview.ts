/** What an expression comes to, kept fresh while it is typed. The former result stays until the next is there. */
import { useEffect, useState } from "react";
import type { PreviewAnswer, PreviewSource } from "./types";

const WAIT_MS = 200;

export interface PreviewResult {
  /** The last answer; null before the first. */
  readonly answer: PreviewAnswer | null;
  /** It belongs to a former text. */
  readonly isStale: boolean;
  /** Why there is none: the server could not be asked. */
  readonly refusal: string;
  /** Which item is shown, from 0. */
  readonly item: number;
  readonly show: (item: number) => void;
  /** All items, up to a limit: for the list. */
  readonly all: (() => Promise<PreviewAnswer>) | null;
}

const LIMIT = 20;

interface Found {
  readonly key: string;
  readonly answer: PreviewAnswer | null;
  readonly refusal: string;
}

/** `limit`: for so many items at once instead of one after the other. */
export function usePreview(source: PreviewSource | null, text: string, limit = 1): PreviewResult {
  const [item, show] = useState(0);
  const [found, setFound] = useState<Found>({ key: "", answer: null, refusal: "" });
  const key = `${item}/${text}`;
  useEffect(() => {
    if (!source) return;
    const giveUp = new AbortController();
    const isCurrent = (): boolean => !giveUp.signal.aborted;
    const timer = setTimeout(() => {
      source.preview(text, giveUp.signal, limit === 1 ? { item } : { limit }).then(
        (answer) => isCurrent() && setFound({ key, answer, refusal: "" }),
        (fault: unknown) => isCurrent() && setFound({ key, answer: null, refusal: fault instanceof Error ? fault.message : String(fault) }),
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [source, text, item, limit, key]);
  const all = source && (() => source.preview(text, new AbortController().signal, { limit: LIMIT }));
  return { answer: found.answer, refusal: found.refusal, isStale: found.key !== key, item, show, all };
}
