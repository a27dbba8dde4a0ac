/** What a few letters find in a workflow beside commands. Pure. */
import { entryLikeness } from "../../lib/fuzzy";
import { nameOf, type NodeState } from "../../doc";

/** Steps of the workflow by name and type, the best first, and how well that one has the query. */
export function foundSteps(nodes: readonly NodeState[], query: string): { readonly nodes: readonly NodeState[]; readonly rank: number } {
  const ranked = nodes.map((node) => ({ node, rank: entryLikeness(query, [[nameOf(node), 2], [node.type, 1]]) })).filter((each) => each.rank > 0);
  const best = ranked.toSorted((one, other) => other.rank - one.rank);
  return { nodes: best.map(({ node }) => node), rank: best[0]?.rank ?? 0 };
}
