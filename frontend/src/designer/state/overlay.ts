/** A run as it is shown on the canvas: how each node did and how many items went over each connection. */
import { atom } from "jotai";
import { selectAtom } from "jotai/utils";
import { useAtomValue } from "jotai";
import { useMemo } from "react";

/** What a step waits for. */
export interface Wait {
  /** `time`, `webhook`, `form`, `approval`, `workflow` … */
  readonly kind: string;
  /** When it goes on at the latest; null: there is no such moment. */
  readonly until: string | null;
  /** Where the call, the form or the approval is; empty without. */
  readonly url: string;
}

export type NodeRunStatus = "queued" | "running" | "waiting" | "success" | "error" | "skipped" | "canceled";

export interface NodeRun {
  readonly status: NodeRunStatus;
  readonly itemsIn: number;
  readonly itemsOut: number;
  /** Of all its runs together; null while it runs. */
  readonly milliseconds: number | null;
  /** How often it ran: more than once in loops. */
  readonly runs: number;
  readonly retries: number;
  /** While it waits. */
  readonly wait: Wait | null;
  readonly error: { readonly message: string; readonly parameter?: string; readonly item?: number; readonly details?: unknown } | null;
}

export interface RunOverlay {
  readonly execution: string;
  readonly status: string;
  readonly nodes: ReadonlyMap<string, NodeRun>;
  /** Items that went over a connection, by its key; 0 and absent: not taken. */
  readonly edges: ReadonlyMap<string, number>;
  /** Still going on. */
  readonly live: boolean;
}

export const overlayAtom = atom<RunOverlay | null>(null);

/** How one node did in the run that is shown. */
export function useNodeRun(id: string): NodeRun | null {
  return useAtomValue(useMemo(() => selectAtom(overlayAtom, (overlay) => overlay?.nodes.get(id) ?? null), [id]));
}

/** Items over one connection in the run that is shown; null when none is. */
export function useEdgeItems(key: string): number | null {
  return useAtomValue(useMemo(() => selectAtom(overlayAtom, (overlay) => (overlay ? (overlay.edges.get(key) ?? 0) : null)), [key]));
}
