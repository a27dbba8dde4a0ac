import { Tile } from "../../ui/Tile";
import type { NodeType } from "../catalogue/catalogue";

/** A node type as lists show it. */
export function TypeRow({ type }: { readonly type: NodeType }) {
  return (
    <>
      <Tile kind={type.color} icon={type.icon} />
      <span className="type-words">
        <span className="type-name">{type.name}</span>
        <span className="type-text">{type.description}</span>
      </span>
    </>
  );
}
