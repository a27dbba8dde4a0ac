/** What is open around the canvas. One dialog at a time. */
import { atom } from "jotai";
import type { components } from "../../api/schema";

type ImportReport = components["schemas"]["ImportReport"];

export type NodeTab = "parameters" | "settings" | "code" | "documentation";

/** Where a node that is about to be chosen will go. */
export interface AddTarget {
  /** In flow coordinates; null: a free place is found. */
  readonly position: { readonly x: number; readonly y: number } | null;
  /** Connect it behind this port. */
  readonly after?: { readonly node: string; readonly port: string };
  /** Or before this port. */
  readonly before?: { readonly node: string; readonly port: string };
  /** Or insert it into this connection. */
  readonly on?: string;
}

export type DialogState =
  | { readonly kind: "node"; readonly id: string; readonly tab?: NodeTab }
  | { readonly kind: "add"; readonly target: AddTarget }
  | { readonly kind: "commands" }
  | { readonly kind: "search" }
  /** Connect a node to another by the keyboard. */
  | { readonly kind: "connect"; readonly node: string }
  /** What needs attention after nodes of another product were pasted. */
  | { readonly kind: "pasted"; readonly report: ImportReport }
  | { readonly kind: "shortcuts" }
  | { readonly kind: "versions" }
  | { readonly kind: "settings" }
  | { readonly kind: "publish" }
  | { readonly kind: "lost" }
  | { readonly kind: "run"; readonly dry: boolean }
  /** `test`: the one that is shown; `runs`: all are run as soon as the dialog is there. */
  | { readonly kind: "tests"; readonly test?: string; readonly runs?: boolean }
  | { readonly kind: "import" };

export const dialogAtom = atom<DialogState | null>(null);
export const inspectorAtom = atom(true);
export const inspectorTabAtom = atom<NodeTab>("parameters");
export const paletteAtom = atom(true);
export type BottomPanel = "logs" | "steps" | "changes" | "data" | "runs" | null;
export const bottomAtom = atom<BottomPanel>(null);
/** The canvas, or the same graph in sentences. */
export const viewAtom = atom<"canvas" | "outline">("canvas");
