/** Which step this is, and what can be done with it. */
import { EllipsisVertical } from "lucide-react";
import type { NodeState } from "../../doc";
import { _ } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { Menu } from "../../ui/Menu";
import { Tile } from "../../ui/Tile";
import type { NodeType } from "../catalogue/catalogue";
import { menuOf, MORE, useNodeCommands } from "./node-menu";
import { NodeName } from "./NodeName";

export function NodeHead({ node, type, children }: { readonly node: NodeState; readonly type: NodeType | undefined; readonly children?: React.ReactNode }) {
  const groups = useNodeCommands(false);
  return (
    <header className="node-head">
      <Tile kind={type?.color} icon={type?.icon ?? "circle-help"} />
      <div className="node-words">
        <NodeName key={node.id} node={node} />
        <span className="node-type">
          {type?.name ?? node.type}
          {node["disabled"] === true && <span className="chip">{_("Disabled")}</span>}
        </span>
      </div>
      <Menu items={menuOf(groups)} trigger={<IconButton size="small" icon={<EllipsisVertical size={16} aria-hidden="true" />} label={MORE()} tooltip={false} />} />
      {children}
    </header>
  );
}
