/** How a difference looks on two canvases: classes by node and by connection. Pure. */
import { connectionKey, type ConnectionState, type WorkflowState } from "../../doc";
import { CARD_HEIGHT, CARD_WIDTH } from "../canvas/geometry";
import { positionOf } from "../canvas/flow-nodes";
import type { Diff } from "./versions";

export interface Marks {
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: ReadonlyMap<string, string>;
}

export function marksOf({ nodes, connections }: Pick<Diff, "nodes" | "connections">): Marks {
  const keyOf = (connection: unknown): string => connectionKey(connection as ConnectionState);
  const idOf = (node: unknown): string => (node as { readonly id: string }).id;
  return {
    nodes: new Map([
      ...nodes.moved.map((id): [string, string] => [id, "diff-moved"]),
      ...nodes.changed.map(({ id }): [string, string] => [id, "diff-changed"]),
      ...nodes.added.map((node): [string, string] => [idOf(node), "diff-added"]),
      ...nodes.removed.map((node): [string, string] => [idOf(node), "diff-removed"]),
    ]),
    edges: new Map([
      ...connections.added.map((each): [string, string] => [keyOf(each), "diff-added"]),
      ...connections.removed.map((each): [string, string] => [keyOf(each), "diff-removed"]),
    ]),
  };
}

/** The space that all nodes of several states take together. */
export function boundsOf(states: readonly WorkflowState[]): { x: number; y: number; width: number; height: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of states.flatMap(({ nodes }) => nodes)) {
    const { x, y } = positionOf(node);
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + CARD_WIDTH), Math.max(bottom, y + CARD_HEIGHT)];
  }
  if (left === Infinity) return { x: 0, y: 0, width: CARD_WIDTH, height: CARD_HEIGHT };
  return { x: left, y: top, width: right - left, height: bottom - top };
}
