import type { ReactNode } from "react";
import { createPortal } from "react-dom";

/** Into the top bar, which the server has drawn. */
export function InBar({ side, children }: { readonly side: "start" | "end"; readonly children: ReactNode }) {
  const place = document.getElementById(`designer-bar-${side}`);
  return place ? createPortal(children, place) : null;
}
