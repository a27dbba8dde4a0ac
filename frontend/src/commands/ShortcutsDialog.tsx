/** Every shortcut, from the same table that obeys them. */
import { _ } from "../lib/i18n";
import { Dialog } from "../ui/Dialog";
import { keyLabel } from "../ui/Kbd";
import type { Grouped } from "./command";

export interface ShortcutsDialogProps<Context, Group extends string> {
  readonly groups: readonly Grouped<Context, Group>[];
  readonly groupName: (group: Group) => string;
  readonly close: () => void;
}

export function ShortcutsDialog<Context, Group extends string>({ groups, groupName, close }: ShortcutsDialogProps<Context, Group>) {
  const withKeys = groups.map(({ group, commands }) => ({ group, commands: commands.filter((command) => (command.keys ?? []).length > 0) }));
  return (
    <Dialog open size="l" title={_("Shortcuts")} description={_("They work while no field has the focus.")} onClose={close}>
      <div className="shortcut-groups" role="group" aria-label={_("Shortcuts")} tabIndex={0} data-autofocus>
        {withKeys.filter(({ commands }) => commands.length > 0).map(({ group, commands }) => (
          <section key={group}>
            <h3>{groupName(group)}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command.id}>
                  <dt>{command.title()}</dt>
                  <dd>
                    {(command.keys ?? []).map((keys) => (
                      <kbd key={keys}>{keyLabel(keys)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
