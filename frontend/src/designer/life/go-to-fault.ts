/** Shows the node and the parameter that a fault is about. */
import { useSetAtom } from "jotai";
import { useCallback } from "react";
import type { Fault } from "../state/faults";
import { faultTargetAtom } from "../state/fault-target";
import { useIsNarrow } from "../../lib/narrow";
import { dialogAtom, inspectorAtom } from "../state/panels";
import { useShowNode } from "../help/show-node";

/** The place within the parameters: `definition.nodes[3].parameters.rules[0]` and `parameters.rules[0]` → `rules[0]`. */
export function parameterPath(path: string): string {
  return /(?:^|\.)parameters\.(.+)$/.exec(path)?.[1] ?? "";
}

export function useGoToFault(): (fault: Fault) => void {
  const inspect = useSetAtom(inspectorAtom);
  const aim = useSetAtom(faultTargetAtom);
  const show = useShowNode();
  const open = useSetAtom(dialogAtom);
  const narrow = useIsNarrow();
  return useCallback(
    (fault) => {
      if (fault.node_id === null) return;
      inspect(true);
      aim({ node: fault.node_id, path: parameterPath(fault.path) });
      show(fault.node_id);
      // Beside a list is no room for an inspector.
      if (narrow) open({ kind: "node", id: fault.node_id });
    },
    [show, inspect, aim, open, narrow],
  );
}
