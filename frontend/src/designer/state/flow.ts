/** The canvas that is on the screen, for commands that zoom, fit or ask where the pointer is. */
import type { ReactFlowInstance } from "@xyflow/react";
import { atom } from "jotai";

export const flowAtom = atom<ReactFlowInstance | null>(null);
