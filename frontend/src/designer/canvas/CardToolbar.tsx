/** What is done most with a node, above its card; everything else is behind “More”. */
import { useAtomValue, useSetAtom } from "jotai";
import { Ellipsis, Play, Power, Trash2 } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { _ } from "../../lib/i18n";
import { commandOf } from "../commands/table";
import { isEnabled, useCommandContext, useRun } from "../commands/use-commands";
import { onlyNodeAtom, selectionAtom, selectionOf } from "../state/selection";
import { openMenuAtom } from "./menu-point";

const BUTTONS: readonly (readonly [id: string, icon: ReactNode])[] = [
  ["run.node", <Play key="run" size={14} aria-hidden="true" />],
  ["canvas.disable", <Power key="disable" size={14} aria-hidden="true" />],
  ["canvas.delete", <Trash2 key="delete" size={14} aria-hidden="true" />],
];

export function CardToolbar({ id, hovered }: { readonly id: string; readonly hovered: boolean }) {
  const only = useAtomValue(onlyNodeAtom);
  const select = useSetAtom(selectionAtom);
  const openMenu = useSetAtom(openMenuAtom);
  const run = useRun();
  const contextNow = useCommandContext();
  if (!hovered && only !== id) return null;
  const context = { ...contextNow(), selection: selectionOf([id]) };
  const first = (then: () => void) => (event: MouseEvent) => {
    event.stopPropagation();
    select(selectionOf([id]));
    then();
  };
  const more = (event: MouseEvent): void => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    first(() => openMenu({ x: left, y: bottom + 4 }))(event);
  };
  return (
    <div className="card-toolbar nodrag nopan">
      {BUTTONS.filter(([command]) => isEnabled(commandOf(command), context)).map(([command, icon]) => (
        <button key={command} type="button" title={commandOf(command).title()} aria-label={commandOf(command).title()} onClick={first(() => run(command))}>
          {icon}
        </button>
      ))}
      <button type="button" title={_("More")} aria-label={_("More")} aria-haspopup="menu" onClick={more}>
        <Ellipsis size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
