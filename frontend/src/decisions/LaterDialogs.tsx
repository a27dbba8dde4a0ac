/** Dialogs are loaded when the grid stands. */
import { useAtom } from "jotai";
import { useLater } from "../lib/later";
import { tellNotLoaded } from "../lib/not-loaded";
import { dialogAtom } from "./state/atoms";

const load = () => import("./Dialogs").then(({ Dialogs }) => Dialogs);

export function LaterDialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  const Dialogs = useLater(load, dialog !== null, () => (setDialog(null), tellNotLoaded()));
  return Dialogs && <Dialogs />;
}
