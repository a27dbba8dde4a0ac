import { useAtom } from "jotai";
import { dialogAtom } from "../state/panels";
import { TestsDialog } from "./TestsDialog";

export function CaseDialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  if (dialog?.kind !== "tests") return null;
  return <TestsDialog test={dialog.test ?? null} runs={dialog.runs === true} close={() => setDialog(null)} />;
}
