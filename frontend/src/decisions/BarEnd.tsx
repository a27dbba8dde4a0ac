/** The end of the top bar: taking back, finding, and what other parts put there. */
import { Ellipsis, Search } from "lucide-react";
import { useSetAtom } from "jotai";
import { TakeBack } from "../document/TakeBack";
import { _ } from "../lib/i18n";
import { tellNotLoaded } from "../lib/not-loaded";
import { Button, IconButton } from "../ui/Button";
import { Kbd } from "../ui/Kbd";
import { LaterMenu } from "../ui/LaterMenu";
import { useCommandMenu, useRun } from "./commands/use-commands";
import { SlotParts } from "./SlotParts";
import { barSlots } from "./slots";
import { dialogAtom } from "./state/atoms";
import { useTableModel } from "./state/model";

const MORE = ["column.input", "column.output", "table.settings", "-", "view.filter", "help.commands", "help.shortcuts"];

export function BarEnd() {
  const { document, props } = useTableModel();
  const open = useSetAtom(dialogAtom);
  const run = useRun();
  const menu = useCommandMenu();
  return (
    <>
      {props.rights.write && <TakeBack document={document} undo={() => run("edit.undo")} redo={() => run("edit.redo")} />}
      <Button icon={<Search size={14} />} className="bar-search only-wide" onClick={() => open({ kind: "commands" })} keys="Mod+K">
        {_("Search")} <Kbd keys="Mod+K" />
      </Button>
      <SlotParts slots={barSlots} />
      <LaterMenu onFail={tellNotLoaded} items={menu(MORE)} trigger={<IconButton icon={<Ellipsis size={16} />} label={_("More")} tooltip={false} />} />
    </>
  );
}
