/** Where the canvas was looked at, kept for this person: a second after it rests, and when the page is left. */
import type { Viewport } from "@xyflow/react";
import { useStore } from "jotai";
import { useCallback, useEffect, useRef } from "react";
import { api } from "../../api/client";
import { useDesigner } from "../model/designer";
import { farAtom, veryFarAtom } from "../state/canvas";

const REST_MS = 1_000;
/** Below these, cards are flat boxes, and connections one picture. */
export const FAR = 0.4;
export const VERY_FAR = 0.3;

export function useViewport() {
  const { props } = useDesigner();
  const atoms = useStore();
  const waiting = useRef<Viewport | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = props.workflow.id;
  const send = useCallback(
    (keepalive: boolean) => {
      clearTimeout(timer.current);
      const view = waiting.current;
      waiting.current = null;
      if (!view) return;
      // Where one looked is not worth a message when it cannot be kept.
      void api.PUT("/api/v1/workflows/{workflow_id}/view/", { params: { path: { workflow_id: id }, header: { "If-Match": "*" } }, body: { ...view }, keepalive }).catch(() => null);
    },
    [id],
  );
  useEffect(() => {
    const leave = (): void => send(true);
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [send]);
  const moved = useCallback(
    (_event: unknown, { zoom }: Viewport) => {
      atoms.set(farAtom, zoom < FAR);
      atoms.set(veryFarAtom, zoom < VERY_FAR);
    },
    [atoms],
  );
  const rested = useCallback(
    (event: unknown, view: Viewport) => {
      moved(event, view);
      // Without an event it was the program, which also fits the first view.
      waiting.current = view;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => send(false), REST_MS);
    },
    [moved, send],
  );
  return { moved, rested };
}
