import { useMemo } from "react";
import { workflowState } from "../../doc";
import { useDesigner } from "../model/designer";
import { useShownGraph } from "../model/shown";
import { outlineOf, type OutlineRow } from "./outline";

/** The outline of what is shown. */
export function useOutline(): readonly OutlineRow[] {
  const { catalogue } = useDesigner();
  const { nodes, connections } = useShownGraph();
  return useMemo(() => {
    const state = { ...workflowState({ nodes: [], connections: [] }), nodes, connections };
    const isTrigger = (node: { readonly type: string }) => catalogue.get(node.type)?.is_trigger ?? false;
    return outlineOf(state, isTrigger, (node) => node.type !== "sticky_note");
  }, [catalogue, nodes, connections]);
}
