/** Find anything: commands by name, steps of this workflow by name. */
import { Command as Cmdk } from "cmdk";
import { useMemo, useState } from "react";
import { Dialog as Radix } from "radix-ui";
import { commands } from "../commands/table";
import type { Command } from "../commands/command";
import { runCommand, useCommandContext } from "../commands/use-commands";
import { nameOf, type NodeState } from "../../doc";
import { _ } from "../../lib/i18n";
import { keyLabel } from "../../ui/Kbd";
import { useNodes } from "../model/hooks";
import { useGoToNode } from "./show-node";
import { bestRank, foundCommands, foundSteps } from "./found";
import { available, grouped, groupName } from "./groups";

const MOST_STEPS = 200;

export function CommandPalette({ close }: { readonly close: () => void }) {
  const contextNow = useCommandContext();
  const go = useGoToNode();
  const nodes = useNodes();
  const groups = useMemo(() => grouped(available(commands, contextNow())), [contextNow]);
  const [query, setQuery] = useState("");
  const shown = foundCommands(groups, query);
  const steps = foundSteps(nodes, query);
  const stepsFirst = steps.rank > bestRank(shown, query);
  const act = (command: Command): void => {
    close();
    // After the dialog has given the focus back, so that the command may move it.
    setTimeout(() => void runCommand(command, contextNow()));
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-veil" />
        <Radix.Content className="dialog-window command-palette" aria-describedby={undefined}>
          <Radix.Title className="visually-hidden">{_("Commands")}</Radix.Title>
          <Cmdk label={_("Commands")} loop shouldFilter={false}>
            <Cmdk.Input placeholder={_("What do you want to do?")} className="input" value={query} onValueChange={setQuery} />
            <Cmdk.List>
              <Cmdk.Empty>{_("Nothing is called so.")}</Cmdk.Empty>
              {stepsFirst && <Steps nodes={steps.nodes} pick={(id) => (close(), go(id))} />}
              {shown.map(({ group, commands: few }) => (
                <Cmdk.Group key={group} heading={groupName(group)}>
                  {few.map((command) => (
                    <Entry key={command.id} command={command} act={() => act(command)} />
                  ))}
                </Cmdk.Group>
              ))}
              {!stepsFirst && <Steps nodes={steps.nodes} pick={(id) => (close(), go(id))} />}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
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

function Entry({ command, act }: { readonly command: Command; readonly act: () => void }) {
  const Icon = command.icon;
  const [keys] = command.keys ?? [];
  return (
    <Cmdk.Item value={command.id} onSelect={act}>
      {Icon ? <Icon size={14} aria-hidden="true" /> : <span className="no-icon" />}
      <span>{command.title()}</span>
      {keys && <kbd>{keyLabel(keys)}</kbd>}
    </Cmdk.Item>
  );
}
