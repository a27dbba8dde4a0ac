import { useAtom, useSetAtom } from "jotai";
import { useRef, type FocusEvent, type KeyboardEvent, type MouseEvent } from "react";
import { _ } from "../../lib/i18n";
import { useContextMenu } from "../../ui/ContextMenu";
import { dialogAtom } from "../state/panels";
import { selectionAtom, selectionOf } from "../state/selection";
import type { OutlineRow } from "./outline";
import { OutlineItem } from "./OutlineItem";
import { useStepMenu } from "./step-menu";
import { useOutline } from "./use-outline";

/** A tree by the ARIA practices: one stop for Tab, arrows between the steps, Enter opens. */
export function OutlineTree({ label }: { readonly label: string }) {
  const rows = useOutline();
  const tree = useRef<HTMLUListElement>(null);
  const [selection, select] = useAtom(selectionAtom);
  const openDialog = useSetAtom(dialogAtom);
  const current = Math.max(
    0,
    rows.findIndex((row) => !row.isJump && selection.nodes.has(row.node.id)),
  );
  const goTo = (at: number): void => {
    const row = rows[at];
    if (!row) return;
    const target = row.isJump ? rows.findIndex((other) => !other.isJump && other.node.id === row.node.id) : at;
    select(selectionOf([row.node.id]));
    tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[target]?.focus();
  };
  const meant = useRef("");
  const menuOf = useStepMenu();
  const { menu, onContextMenu } = useContextMenu(() => menuOf(meant.current), _("Actions"));
  const openMenu = (event: MouseEvent): void => {
    const id = (event.target as Element).closest<HTMLElement>("[data-id]")?.dataset["id"];
    if (id === undefined) return;
    meant.current = id;
    select(selectionOf([id]));
    onContextMenu(event);
  };
  // What has the focus is what commands are about.
  const focused = ({ target }: FocusEvent<Element>): void => {
    const id = (target as HTMLElement).dataset["id"];
    if (id !== undefined && !selection.nodes.has(id)) select(selectionOf([id]));
  };
  const press = (event: KeyboardEvent): void => {
    // A name that is being typed, or the button of a line, has keys of its own.
    if (!(event.target as Element).matches("[role=treeitem]")) return;
    const next = NEXT[event.key]?.(current, rows);
    if (next !== undefined) goTo(next);
    else if (event.key === "Enter" && rows[current]) openDialog({ kind: "node", id: rows[current].node.id });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <ul className="outline-tree" role="tree" aria-label={label} ref={tree} onFocus={focused} onKeyDown={press} onContextMenu={openMenu}>
        {rows.map((row, at) => (
          <OutlineItem
            key={`${at}/${row.node.id}`}
            row={row}
            isCurrent={at === current}
            isSelected={!row.isJump && selection.nodes.has(row.node.id)}
            choose={() => goTo(at)}
            open={() => openDialog({ kind: "node", id: row.node.id })}
          />
        ))}
      </ul>
      {menu}
    </>
  );
}

const NEXT: Readonly<Record<string, (at: number, rows: readonly OutlineRow[]) => number>> = {
  ArrowDown: (at, rows) => Math.min(at + 1, rows.length - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, rows) => rows.length - 1,
  // To the step that the branch belongs to, and into the first branch.
  ArrowLeft: (at, rows) => Math.max(0, rows.findLastIndex((row, place) => place < at && row.level < (rows[at]?.level ?? 1))),
  ArrowRight: (at, rows) => ((rows[at + 1]?.level ?? 0) > (rows[at]?.level ?? 1) ? at + 1 : at),
};
