/** The steps before and behind one, along the connections. Pure. */
import { nodeOf, portOf, type NodeState, type WorkflowState } from "../../../doc";

export interface Before {
  readonly node: NodeState;
  readonly output: string;
  readonly input: string;
}

/** The steps whose data come in, in the order of the connections. */
export function before(state: WorkflowState, id: string): readonly Before[] {
  return state.connections
    .filter(({ target }) => target === id)
    .flatMap((each) => {
      const node = nodeOf(state, each.source);
      return node ? [{ node, output: portOf(each, "source_output"), input: portOf(each, "target_input") }] : [];
    });
}

/** The next step forwards or backwards; null at the ends. */
export function beside(state: WorkflowState, id: string, way: "before" | "behind"): string | null {
  const found = way === "before" ? before(state, id).map(({ node }) => node.id) : state.connections.filter(({ source }) => source === id).map(({ target }) => target);
  return found.find((other) => other !== id) ?? null;
}
