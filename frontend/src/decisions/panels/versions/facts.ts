/** Which version is published, and whether the draft is still it: what the page said, and what came after. */
import { atom, useAtomValue, useSetAtom } from "jotai";
import { useEffect, useSyncExternalStore } from "react";
import type { DocumentStore, TableState } from "../../../doc";
import { useTableModel } from "../../state/model";
import { useDesk } from "../desk";

export const publishedAtom = atom<number | null>(null);

/** The number that the draft had when its log stood there; each change after that makes it another. */
export interface NumberedDraft {
  readonly number: number | null;
  readonly seq: number;
  readonly epoch: number;
}

export const numberedDraftAtom = atom<NumberedDraft | null>(null);

export function usePublished(): number | null {
  const { table } = useDesk();
  return useAtomValue(publishedAtom) ?? table.published_version;
}

export function numbered({ confirmed: { seq, epoch } }: DocumentStore<TableState>, number: number | null): NumberedDraft {
  return { number, seq, epoch };
}

/** Remembers which number the draft had at first; a part that is there from the beginning calls it. */
export function useNumberedDraft(): void {
  const { document, props } = useTableModel();
  const put = useSetAtom(numberedDraftAtom);
  useEffect(() => put((before) => before ?? numbered(document.store, props.table.version)), [put, document, props]);
}

/** Whether the draft differs from what is published, as far as is known here. */
export function useDraftChanged(): boolean {
  const { store } = useTableModel().document;
  const published = usePublished();
  const draft = useAtomValue(numberedDraftAtom);
  const isMoved = (): boolean => store.pending.length > 0 || (draft !== null && (store.confirmed.seq !== draft.seq || store.confirmed.epoch !== draft.epoch));
  const moved = useSyncExternalStore(store.subscribe, isMoved);
  return published !== null && (moved || (draft !== null && draft.number !== published));
}
