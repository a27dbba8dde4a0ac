/** In a narrow window the steps stand one below the other in the place of the canvas. */
import { Plus } from "lucide-react";
import { useSetAtom } from "jotai";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { StartCard } from "../life/StartCard";
import { useDesigner } from "../model/designer";
import { useNodes } from "../model/hooks";
import { dialogAtom } from "../state/panels";
import { OutlineTree } from "./OutlineTree";

export function StepList() {
  const { rights } = useDesigner().props;
  const open = useSetAtom(dialogAtom);
  if (useNodes().length === 0) return <StartCard />;
  return (
    <div className="outline narrow">
      <OutlineTree label={_("Steps")} />
      {rights.write && (
        <Button icon={<Plus size={14} />} onClick={() => open({ kind: "add", target: { position: null } })}>
          {_("Add a step")}
        </Button>
      )}
    </div>
  );
}
