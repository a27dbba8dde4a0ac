/** Every shortcut, from the same table that obeys them. */
import { commands } from "../commands/table";
import { _ } from "../../lib/i18n";
import { Dialog } from "../../ui/Dialog";
import { keyLabel } from "../../ui/Kbd";
import { grouped, groupName } from "./groups";

export function ShortcutsDialog({ close }: { readonly close: () => void }) {
  const withKeys = commands.filter((command) => (command.keys ?? []).length > 0);
  return (
    <Dialog open size="l" title={_("Shortcuts")} description={_("They work while no field has the focus.")} onClose={close}>
      <div className="shortcut-groups" role="group" aria-label={_("Shortcuts")} tabIndex={0} data-autofocus>
        {grouped(withKeys).map(({ group, commands: few }) => (
          <section key={group}>
            <h3>{groupName(group)}</h3>
            <dl>
              {few.map((command) => (
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
