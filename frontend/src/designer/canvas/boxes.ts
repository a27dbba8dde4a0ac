/** Where the cards and notes of a workflow are, and how large. */
import type { NodeState, WorkflowState } from "../../doc";
import type { Catalogue } from "../catalogue/catalogue";
import { nodePorts, NOTE, noteSize, positionOf } from "./flow-nodes";
import { cardSize } from "./geometry";
import type { Box } from "./placement";

export function boxOf(catalogue: Catalogue, node: NodeState): Box {
  if (node.type === NOTE) return { ...positionOf(node), ...noteSize(node) };
  const { inputs, outputs } = nodePorts(catalogue.get(node.type), node);
  return { ...positionOf(node), ...cardSize(Math.max(inputs.length, outputs.length), false) };
}

/** Cards alone: notes lie behind them, and nothing has to keep away from those. */
export function cardBoxes(catalogue: Catalogue, { nodes }: WorkflowState): Map<string, Box> {
  return new Map(nodes.filter(({ type }) => type !== NOTE).map((node) => [node.id, boxOf(catalogue, node)]));
}
