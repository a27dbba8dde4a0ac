/** Every change that a person makes to the workflow goes through `edit`. */
import { useAtomValue } from "jotai";
import { useCallback } from "react";
import type { Draft, WorkflowState } from "../../doc";
import type { CommitOptions } from "../../doc/commit";
import { commitGesture } from "../../document/commit-gesture";
import { LIMITS } from "../../doc/operations";
import { _, number } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import { readOnlyAtom } from "../state/mode";
import { useDesigner, type Designer } from "./designer";

export type Gesture = (state: WorkflowState) => readonly Draft[];
/** Whether something was changed. `label` is what undo calls it. */
export type Edit = (gesture: Gesture, options: CommitOptions & { label: string }) => boolean;

/** What people call it; the document's own words are the contract's. */
const REFUSED: Readonly<Record<string, () => string>> = {
  too_many_nodes: () => _("A workflow has at most {n} steps.", { n: number(LIMITS.nodes) }),
  too_many_connections: () => _("A workflow has at most {n} connections.", { n: number(LIMITS.connections) }),
};

export function editOf({ document }: Designer, readOnly: boolean): Edit {
  return (gesture, options) => {
    if (readOnly) {
      toast(_("You are looking at this workflow: it cannot be changed here."), "info");
      return false;
    }
    return commitGesture(document, gesture, options, REFUSED);
  };
}

export function useEdit(): Edit {
  const designer = useDesigner();
  const readOnly = useAtomValue(readOnlyAtom);
  return useCallback((gesture, options) => editOf(designer, readOnly)(gesture, options), [designer, readOnly]);
}
