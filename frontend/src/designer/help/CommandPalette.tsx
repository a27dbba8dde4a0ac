/** Find anything: commands by name, steps of this workflow by name. */
import { Command as Cmdk } from "cmdk";
import { useMemo } from "react";
import { CommandPalette as Palette } from "../../commands/CommandPalette";
import { commands } from "../commands/table";
import { runCommand, useCommandContext } from "../commands/use-commands";
import { nameOf, type NodeState } from "../../doc";
import { _ } from "../../lib/i18n";
import { useNodes } from "../model/hooks";
import { useGoToNode } from "./show-node";
import { foundSteps } from "./found";
import { available, grouped, groupName } from "./groups";

const MOST_STEPS = 200;

export function CommandPalette({ close }: { readonly close: () => void }) {
  const contextNow = useCommandContext();
  const go = useGoToNode();
  const nodes = useNodes();
  const groups = useMemo(() => grouped(available(commands, contextNow())), [contextNow]);
  const others = (query: string) => {
    const steps = foundSteps(nodes, query);
    return { rank: steps.rank, entries: <Steps nodes={steps.nodes} pick={(id) => (close(), go(id))} /> };
  };
  return <Palette groups={groups} groupName={groupName} run={(command) => void runCommand(command, contextNow())} others={others} close={close} />;
}

function Steps({ nodes, pick }: { readonly nodes: readonly NodeState[]; readonly pick: (id: string) => void }) {
  if (nodes.length === 0) return null;
  return (
    <Cmdk.Group heading={_("Steps")}>
      {nodes.slice(0, MOST_STEPS).map((node) => (
        <Cmdk.Item key={node.id} value={`step ${node.id}`} onSelect={() => pick(node.id)}>
          <bdi>{nameOf(node)}</bdi>
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  );
}
