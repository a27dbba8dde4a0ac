/** What a few letters find among commands: in each group and among the groups the best first. Pure. */
import { entryLikeness } from "../lib/fuzzy";
import type { Command, Grouped } from "./command";

function rank<Context>(query: string, command: Command<Context>): number {
  return entryLikeness(query, [
    [command.title(), 2],
    [command.words?.() ?? "", 1],
  ]);
}

/** Without a query all of them, in their own order. */
export function foundCommands<Context, Group extends string>(groups: readonly Grouped<Context, Group>[], query: string): readonly Grouped<Context, Group>[] {
  if (query.trim() === "") return groups;
  const ranked = groups.map(({ group, commands }) => {
    const fitting = commands.map((command) => ({ command, rank: rank(query, command) })).filter((each) => each.rank > 0);
    const best = fitting.toSorted((one, other) => other.rank - one.rank);
    return { group, commands: best.map(({ command }) => command), rank: best[0]?.rank ?? 0 };
  });
  return ranked.filter((each) => each.rank > 0).toSorted((one, other) => other.rank - one.rank);
}

/** How well the best of them has the query; without one, commands come first. */
export function bestRank<Context>(groups: readonly Grouped<Context>[], query: string): number {
  const best = groups[0]?.commands[0];
  return query.trim() === "" ? Infinity : best ? rank(query, best) : 0;
}
