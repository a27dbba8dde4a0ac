import { ShortcutsDialog as Shortcuts } from "../../commands/ShortcutsDialog";
import { commands } from "../commands/table";
import { grouped, groupName } from "./groups";

const groups = grouped(commands);

export function ShortcutsDialog({ close }: { readonly close: () => void }) {
  return <Shortcuts groups={groups} groupName={groupName} close={close} />;
}
