/** Names that nobody has yet. */
import { nameOf, type NodeState, type WorkflowState } from "./workflow/state";

export function namesOf(state: WorkflowState): Set<string> {
  return new Set(state.nodes.map(nameOf));
}

/** The name, or the name with the first number from 2 that makes it new: “Send”, “Send 2”, “Send 3”. */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, "") || wanted;
  for (let number = 2; ; number += 1) {
    const name = `${stem} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Names for new nodes, all different, by their ids. */
export function uniqueNames(nodes: readonly NodeState[], taken: ReadonlySet<string>): Map<string, string> {
  const known = new Set(taken);
  return new Map(
    nodes.map((node) => {
      const name = uniqueName(nameOf(node), known);
      known.add(name);
      return [node.id, name];
    }),
  );
}
