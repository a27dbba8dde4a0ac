/** The graph as it is shown: that of the past while something of the past is on the canvas. */
import { useAtomValue } from "jotai";
import type { ConnectionState, NodeState } from "../../doc";
import { shownDefinitionAtom } from "../state/shown-definition";
import { useConnections, useNodes } from "./hooks";

export interface ShownGraph {
  readonly nodes: readonly NodeState[];
  readonly connections: readonly ConnectionState[];
}

export function useShownGraph(): ShownGraph {
  const past = useAtomValue(shownDefinitionAtom);
  const nodes = useNodes();
  const connections = useConnections();
  return past ?? { nodes, connections };
}
