/** The end of the top bar: taking back, finding, versions, publishing, and what else can be done with the workflow. */
import { Ellipsis, History, Redo2, Rocket, Search, Undo2 } from "lucide-react";
import { useSetAtom } from "jotai";
import { useRun } from "../commands/use-commands";
import { _ } from "../../lib/i18n";
import { Button, IconButton } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";
import { LaterMenu } from "../../ui/LaterMenu";
import { tellNotLoaded } from "../not-loaded";
import { useHistory } from "../model/hooks";
import { dialogAtom } from "../state/panels";
import { useDesigner } from "../model/designer";
import { ActiveSwitch } from "./ActiveSwitch";
import { useWorkflowMenu } from "./workflow-menu";

export function BarEnd() {
  const open = useSetAtom(dialogAtom);
  const { rights } = useDesigner().props;
  const menu = useWorkflowMenu();
  return (
    <>
      {rights.write && <TakeBack />}
      <IconButton icon={<History size={16} />} label={_("Versions")} onClick={() => open({ kind: "versions" })} className="only-wide" />
      <Button icon={<Search size={14} />} className="bar-search only-wide" onClick={() => open({ kind: "commands" })} keys="Mod+K">
        {_("Search")} <Kbd keys="Mod+K" />
      </Button>
      <ActiveSwitch />
      {rights.publish && (
        <Button className="bar-publish" icon={<Rocket size={14} />} onClick={() => open({ kind: "publish" })}>
          <span>{_("Publish")}</span>
        </Button>
      )}
      <LaterMenu onFail={tellNotLoaded} items={menu} trigger={<IconButton icon={<Ellipsis size={16} />} label={_("More")} tooltip={false} />} />
    </>
  );
}

function TakeBack() {
  const { undoable, redoable } = useHistory();
  const run = useRun();
  const undo = undoable === null ? _("Undo") : _("Undo: {what}", { what: undoable });
  const redo = redoable === null ? _("Redo") : _("Redo: {what}", { what: redoable });
  return (
    <>
      <IconButton icon={<Undo2 size={16} />} label={undo} keys="Mod+Z" disabled={undoable === null} onClick={() => run("edit.undo")} />
      <IconButton icon={<Redo2 size={16} />} label={redo} keys="Mod+Shift+Z" disabled={redoable === null} onClick={() => run("edit.redo")} />
    </>
  );
}
