/** What a few letters find: in each group and among the groups the best first. Pure. */
import { entryLikeness } from "../catalogue/fuzzy";
import type { Command } from "../commands/command";
import { nameOf, type NodeState } from "../../doc";
import type { Grouped } from "./groups";

function rank(query: string, command: Command): number {
  return entryLikeness(query, [
    [command.title(), 2],
    [command.words?.() ?? "", 1],
  ]);
}

/** Without a query all of them, in their own order. */
export function foundCommands(groups: readonly Grouped[], query: string): readonly Grouped[] {
  if (query.trim() === "") return groups;
  const ranked = groups.map(({ group, commands }) => {
    const fitting = commands.map((command) => ({ command, rank: rank(query, command) })).filter((each) => each.rank > 0);
    const best = fitting.toSorted((one, other) => other.rank - one.rank);
    return { group, commands: best.map(({ command }) => command), rank: best[0]?.rank ?? 0 };
  });
  return ranked.filter((each) => each.rank > 0).toSorted((one, other) => other.rank - one.rank);
}

/** How well the best of them has the query; without one, commands come first. */
export function bestRank(groups: readonly Grouped[], query: string): number {
  const best = groups[0]?.commands[0];
  return query.trim() === "" ? Infinity : best ? rank(query, best) : 0;
}

/** Steps of the workflow by name and type, the best first, and how well that one has the query. */
export function foundSteps(nodes: readonly NodeState[], query: string): { readonly nodes: readonly NodeState[]; readonly rank: number } {
  const ranked = nodes.map((node) => ({ node, rank: entryLikeness(query, [[nameOf(node), 2], [node.type, 1]]) })).filter((each) => each.rank > 0);
  const best = ranked.toSorted((one, other) => other.rank - one.rank);
  return { nodes: best.map(({ node }) => node), rank: best[0]?.rank ?? 0 };
}
