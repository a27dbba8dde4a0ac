/** The document's connections as React Flow takes them; what has not changed keeps its identity. */
import type { Edge } from "@xyflow/react";
import { connectionKey, portOf, type ConnectionState } from "../../doc";

export type Link = Edge<{ readonly connection: ConnectionState }, "link">;

export class FlowEdges {
  #made = new Map<string, Link>();

  of(connections: readonly ConnectionState[], selected: ReadonlySet<string>): Link[] {
    const next = new Map<string, Link>();
    for (const connection of connections) {
      const id = connectionKey(connection);
      const before = this.#made.get(id);
      const isSelected = selected.has(id);
      const same = before && before.data?.connection === connection && before.selected === isSelected;
      next.set(id, same ? before : this.#one(id, connection, isSelected));
    }
    this.#made = next;
    return [...next.values()];
  }

  #one(id: string, connection: ConnectionState, selected: boolean): Link {
    return {
      id,
      type: "link",
      source: connection.source,
      target: connection.target,
      sourceHandle: portOf(connection, "source_output"),
      targetHandle: portOf(connection, "target_input"),
      data: { connection },
      selected,
    };
  }
}
