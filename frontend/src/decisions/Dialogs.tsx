/** Every dialog of the table designer; one at a time. */
import { useAtom } from "jotai";
import { useMemo, type ComponentType } from "react";
import { CommandPalette } from "../commands/CommandPalette";
import { groupedBy, isEnabled } from "../commands/command";
import { runCommand } from "../commands/run";
import { ShortcutsDialog } from "../commands/ShortcutsDialog";
import { LostDialog } from "../document/LostDialog";
import { _ } from "../lib/i18n";
import { useLater } from "../lib/later";
import { tellNotLoaded } from "../lib/not-loaded";
import { ColumnDialog } from "./columns/ColumnDialog";
import type { CommandGroup } from "./commands/command";
import { commands } from "./commands/table";
import { useCommandContext } from "./commands/use-commands";
import { lostLines, lostPlace, lostTsv } from "./grid/lost-texts";
import { dialogSlots, type PartSlot } from "./slots";
import { dialogAtom } from "./state/atoms";
import { useTableModel } from "./state/model";

const ORDER: readonly CommandGroup[] = ["edit", "rules", "columns", "view", "table", "help"];

function groupName(group: CommandGroup): string {
  switch (group) {
    case "edit":
      return _("Edit");
    case "rules":
      return _("Rules");
    case "columns":
      return _("Columns");
    case "view":
      return _("View");
    case "table":
      return _("Table");
    case "help":
      return _("Help");
  }
}

export function Dialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const { document } = useTableModel();
  const close = (): void => setDialog(null);
  switch (dialog?.kind) {
    case "column":
      return <ColumnDialog key={`${dialog.side}:${dialog.name ?? ""}`} {...dialog} close={close} />;
    case "commands":
      return <Palette close={close} />;
    case "shortcuts":
      return <ShortcutsDialog groups={groupedBy(ORDER, commands)} groupName={groupName} close={close} />;
    case "lost":
      return <LostDialog document={document} placeOf={lostPlace} linesOf={lostLines} copyOf={lostTsv} close={close} />;
    case "slot": {
      const slot = dialogSlots.find(({ id }) => id === dialog.id);
      return slot ? <SlotDialog key={slot.id} slot={slot} close={close} /> : null;
    }
    default:
      return null;
  }
}

function Palette({ close }: { readonly close: () => void }) {
  const contextNow = useCommandContext();
  const groups = useMemo(() => groupedBy(ORDER, commands.filter((command) => isEnabled(command, contextNow()))), [contextNow]);
  return <CommandPalette groups={groups} groupName={groupName} run={(command) => void runCommand(command, contextNow())} close={close} />;
}

function SlotDialog({ slot, close }: { readonly slot: PartSlot; readonly close: () => void }) {
  const Part = useLater<ComponentType>(slot.load, true, () => (close(), tellNotLoaded()));
  return Part && <Part />;
}
