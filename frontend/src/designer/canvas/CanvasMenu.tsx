/** The menu of the canvas: of what is under the pointer, or has the focus. Made of the table of commands. */
import { useAtom, useStore } from "jotai";
import { useEffect, useState, type MouseEvent, type ReactNode } from "react";
import { _ } from "../../lib/i18n";
import { useLater } from "../../lib/later";
import type { Point } from "../../ui/ContextMenu";
import { LINE, useCommandMenu } from "../commands/menu";
import type { MenuEntry } from "../../ui/Menu";
import { takesTyping } from "../../commands/keys";
import { isKnown } from "../commands/table";
import { pointerAtom } from "../state/canvas";
import { selectionAtom, selectionOf, type Selection } from "../state/selection";
import { tellNotLoaded } from "../../lib/not-loaded";
import { openMenuAtom } from "./menu-point";

const NODE = ["node.open", "run.node", "run.here", "run.until", "-", "add.node", "canvas.connect", "canvas.rename", "canvas.disable", "node.pin", "-", "canvas.cut", "canvas.copy", "canvas.duplicate", "-", "canvas.delete"];
const ALIGN = ["canvas.align-left", "canvas.align-center", "canvas.align-right", "canvas.align-top", "canvas.align-middle", "canvas.align-bottom", "canvas.distribute-horizontal", "canvas.distribute-vertical"];
const NODES = ["canvas.cut", "canvas.copy", "canvas.duplicate", "canvas.disable", "-", ...ALIGN, "-", "canvas.tidy", "-", "canvas.delete"];
const EDGE = ["add.on-edge", "-", "canvas.delete"];
const PANE = ["add.node", "canvas.note", "-", "canvas.paste", "canvas.select-all", "-", "canvas.tidy", "canvas.fit", "canvas.search", "canvas.select-mode", "canvas.minimap"];

const loadMenu = () => import("../../ui/ContextMenu").then(({ MenuAt }) => MenuAt);

export function CanvasMenu({ children }: { readonly children: ReactNode }) {
  const [point, setPoint] = useAtom(openMenuAtom);
  const [last, setLast] = useState<Point | null>(null);
  const atoms = useStore();
  const itemsOf = useCommandMenu();
  const MenuAt = useLater(loadMenu, point !== null, () => (setPoint(null), tellNotLoaded()));
  useEffect(() => {
    if (point) setLast(point);
  }, [point]);
  const open = (event: MouseEvent): void => {
    if (takesTyping(event.target)) return;
    event.preventDefault();
    atoms.set(selectionAtom, (before) => meant(event.target as Element, before));
    const at = placeOf(event);
    atoms.set(pointerAtom, at);
    setPoint(at);
  };
  const shown = point ?? last;
  return (
    <div className="canvas-area" onContextMenu={open}>
      {children}
      {shown && MenuAt && <MenuAt point={point} items={withoutEmptyParts(itemsOf(commandsFor(atoms.get(selectionAtom))))} label={_("Actions")} onClose={() => setPoint(null)} />}
    </div>
  );
}

/** What is under the pointer is selected, unless it is a part of the selection. */
function meant(element: Element, before: Selection): Selection {
  const node = element.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
  if (node !== undefined) return before.nodes.has(node) ? before : selectionOf([node]);
  if (element.closest(".react-flow__nodesselection")) return before;
  const edge = (element.closest(".react-flow__edge")?.getAttribute("data-id") ?? element.closest<HTMLElement>("[data-edge]")?.dataset["edge"]) || undefined;
  if (edge !== undefined) return before.edges.has(edge) ? before : selectionOf([], [edge]);
  return selectionOf([]);
}

function commandsFor({ nodes, edges }: Selection): readonly string[] {
  const few = edges.size > 0 ? EDGE : PANE;
  const ids = nodes.size > 1 ? NODES : nodes.size === 1 ? NODE : few;
  return ids.filter((id) => id === LINE || isKnown(id));
}

/** No line at an end, and no two of them. */
function withoutEmptyParts(items: readonly MenuEntry[]): readonly MenuEntry[] {
  const kept = items.filter((item, at) => item !== "separator" || (at > 0 && items[at - 1] !== "separator"));
  return kept.at(-1) === "separator" ? kept.slice(0, -1) : kept;
}

/** From the keyboard there is no place: the corner of what has the focus. */
function placeOf(event: MouseEvent): Point {
  if (event.button === 2) return { x: event.clientX, y: event.clientY };
  const { left, top, width, height } = (event.target as Element).getBoundingClientRect();
  return { x: left + Math.min(width, 24), y: top + Math.min(height, 24) };
}
