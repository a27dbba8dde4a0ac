import { useCallback } from "react";
import { select } from "../canvas/part";
import { bringIntoView, goTo } from "../canvas/reveal";
import { useCommandContext } from "../commands/use-commands";

/** Selects a step and brings it into sight; the focus is for whoever shows it. */
export function useShowNode(): (id: string) => void {
  const contextNow = useCommandContext();
  return useCallback(
    (id) => {
      select(contextNow(), [id]);
      bringIntoView(contextNow(), id);
    },
    [contextNow],
  );
}

/** The same with the focus, once the dialog that it was chosen in has given it back. */
export function useGoToNode(): (id: string) => void {
  const contextNow = useCommandContext();
  return useCallback((id) => void setTimeout(() => goTo(contextNow(), id)), [contextNow]);
}
