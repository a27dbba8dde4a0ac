/** Copies of a part of a workflow: fresh ids, unique names, references within the part renamed. Pure. */
import { isObject } from "./json";
import { uniqueNames } from "./names";
import { renameInNode } from "./rename";
import { nameOf, type ConnectionState, type NodeState, type Position } from "./workflow/state";

export interface Part {
  readonly nodes: readonly NodeState[];
  readonly connections: readonly ConnectionState[];
}

function moved(node: NodeState, by: Position): NodeState {
  const { position } = node;
  const from = isObject(position ?? null) ? (position as Partial<Position>) : {};
  const at = (value: unknown): number => (typeof value === "number" ? value : 0);
  return { ...node, position: { x: at(from.x) + by.x, y: at(from.y) + by.y } };
}

export function copies(part: Part, taken: ReadonlySet<string>, newId: () => string, by: Position): Part {
  const ids = new Map(part.nodes.map(({ id }) => [id, newId()]));
  const byId = uniqueNames(part.nodes, taken);
  const renamed = new Map<string, string>();
  for (const node of part.nodes) {
    // Of two nodes with one name, references mean the first.
    if (!renamed.has(nameOf(node))) renamed.set(nameOf(node), byId.get(node.id) ?? nameOf(node));
  }
  const nodes = part.nodes.map((node) => {
    const copy = moved(renameInNode(node, renamed), by);
    return { ...copy, id: ids.get(node.id) ?? node.id, name: byId.get(node.id) ?? nameOf(node) };
  });
  const connections = part.connections.flatMap((connection) => {
    const source = ids.get(connection.source);
    const target = ids.get(connection.target);
    return source === undefined || target === undefined ? [] : [{ ...connection, source, target }];
  });
  return { nodes, connections };
}
