/** Find anything: commands by name, and what else a designer has. */
import { Command as Cmdk } from "cmdk";
import { Dialog as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";
import { _ } from "../lib/i18n";
import { keyLabel } from "../ui/Kbd";
import type { Command, Grouped } from "./command";
import { bestRank, foundCommands } from "./found";

/** What else is found by the same letters, and how well. */
export interface OtherFinds {
  readonly rank: number;
  readonly entries: ReactNode;
}

export interface CommandPaletteProps<Context, Group extends string> {
  readonly groups: readonly Grouped<Context, Group>[];
  readonly groupName: (group: Group) => string;
  readonly run: (command: Command<Context, Group>) => void;
  readonly others?: (query: string) => OtherFinds;
  readonly close: () => void;
}

export function CommandPalette<Context, Group extends string>({ groups, groupName, run, others, close }: CommandPaletteProps<Context, Group>) {
  const [query, setQuery] = useState("");
  const shown = foundCommands(groups, query);
  const other = others?.(query);
  const othersFirst = other !== undefined && other.rank > bestRank(shown, query);
  const act = (command: Command<Context, Group>): void => {
    close();
    // After the dialog has given the focus back, so that the command may move it.
    setTimeout(() => run(command));
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
              {othersFirst && other.entries}
              {shown.map(({ group, commands }) => (
                <Cmdk.Group key={group} heading={groupName(group)}>
                  {commands.map((command) => (
                    <Entry key={command.id} command={command} act={() => act(command)} />
                  ))}
                </Cmdk.Group>
              ))}
              {!othersFirst && other?.entries}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entry<Context, Group extends string>({ command, act }: { readonly command: Command<Context, Group>; readonly act: () => void }) {
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
