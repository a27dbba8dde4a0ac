/** The end of the top bar: taking back, finding, versions, publishing, and what else can be done with the workflow. */
import { Ellipsis, History, Rocket, Search } from "lucide-react";
import { useSetAtom } from "jotai";
import { useRun } from "../commands/use-commands";
import { _ } from "../../lib/i18n";
import { Button, IconButton } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";
import { LaterMenu } from "../../ui/LaterMenu";
import { TakeBack } from "../../document/TakeBack";
import { tellNotLoaded } from "../../lib/not-loaded";
import { dialogAtom } from "../state/panels";
import { useDesigner } from "../model/designer";
import { ActiveSwitch } from "./ActiveSwitch";
import { useWorkflowMenu } from "./workflow-menu";

export function BarEnd() {
  const open = useSetAtom(dialogAtom);
  const { document, props: { rights } } = useDesigner();
  const run = useRun();
  const menu = useWorkflowMenu();
  return (
    <>
      {rights.write && <TakeBack document={document} undo={() => run("edit.undo")} redo={() => run("edit.redo")} />}
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
