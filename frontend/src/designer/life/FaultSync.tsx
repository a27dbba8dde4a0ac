/** Asks the server what is wrong with the draft, a moment after each time it was saved; the cards show it. */
import { useSetAtom } from "jotai";
import { useEffect, useSyncExternalStore } from "react";
import { useDesigner } from "../model/designer";
import { useSaving } from "../model/hooks";
import { faultsAtom } from "../state/faults";
import { checkDraft } from "./faults";

const CALM_MS = 800;

export function FaultSync() {
  const designer = useDesigner();
  const { store } = designer.document;
  const setFaults = useSetAtom(faultsAtom);
  const { kind } = useSaving();
  const seq = useSyncExternalStore(store.subscribe, () => store.confirmed.seq);
  useEffect(() => {
    if (kind !== "saved") return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      // Without an answer the last one stands; publishing asks again.
      checkDraft(designer, abort.signal).then(setFaults, () => {});
    }, CALM_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [designer, kind, seq, setFaults]);
  return null;
}
