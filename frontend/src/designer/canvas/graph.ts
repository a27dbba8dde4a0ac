/** What lies behind a node. Pure. */
import type { ConnectionState } from "../../doc";

/** The node and all that it leads to; the ways stop at `without`. */
export function downstream(from: string, connections: readonly ConnectionState[], without: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || without.has(id)) continue;
    found.add(id);
    for (const connection of connections) if (connection.source === id) open.push(connection.target);
  }
  return found;
}
