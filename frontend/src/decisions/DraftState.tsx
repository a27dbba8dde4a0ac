/** In the top bar: whether the draft is saved, and first of all whether texts in the grid are no part of it. */
import { CircleAlert } from "lucide-react";
import { useAtomValue, useSetAtom } from "jotai";
import { SaveState } from "../document/SaveState";
import { _, _n } from "../lib/i18n";
import { Button } from "../ui/Button";
import { placeOfRefused } from "./state/refused-place";
import { dialogAtom, goToAtom, refusedCellsAtom } from "./state/atoms";
import { useSaving } from "./state/hooks";
import { useTableModel } from "./state/model";

export function DraftState() {
  const { document } = useTableModel();
  const saving = useSaving();
  const [first, ...others] = useAtomValue(refusedCellsAtom);
  const open = useSetAtom(dialogAtom);
  const goTo = useSetAtom(goToAtom);
  if (!first || saving.kind !== "saved") return <SaveState document={document} showLost={() => open({ kind: "lost" })} />;
  return (
    <Button variant="ghost" size="small" className="save-state err" icon={<CircleAlert size={14} />} title={_("Show the first of them")} onClick={() => goTo(placeOfRefused(first))}>
      {_n("{n} cell not taken", "{n} cells not taken", others.length + 1)}
    </Button>
  );
}
