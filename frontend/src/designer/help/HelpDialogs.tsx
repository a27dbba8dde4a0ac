import { useAtom } from "jotai";
import { dialogAtom } from "../state/panels";
import { CommandPalette } from "./CommandPalette";
import { ShortcutsDialog } from "./ShortcutsDialog";

export function HelpDialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const close = (): void => setDialog(null);
  if (dialog?.kind === "commands") return <CommandPalette close={close} />;
  if (dialog?.kind === "shortcuts") return <ShortcutsDialog close={close} />;
  return null;
}
