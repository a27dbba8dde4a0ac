/** The things that commands of the canvas ask again and again. */
import { nameOf, nodeOf, type NodeState, type WorkflowState } from "../../doc";
import { _, _n } from "../../lib/i18n";
import type { CommandContext } from "../commands/command";
import { pointerAtom, saidAtom } from "../state/canvas";
import { selectionAtom, selectionOf } from "../state/selection";
import type { Point } from "./placement";

export function stateOf({ designer }: CommandContext): WorkflowState {
  return designer.document.store.state();
}

export function selectedIds({ selection }: CommandContext): string[] {
  return [...selection.nodes];
}

/** The one selected node that is no note. */
export function onlySelected(context: CommandContext): NodeState | undefined {
  const [id, ...others] = context.selection.nodes;
  return id === undefined || others.length > 0 ? undefined : nodeOf(stateOf(context), id);
}

export function select({ atoms }: CommandContext, nodes: Iterable<string>, edges: Iterable<string> = []): void {
  atoms.set(selectionAtom, selectionOf(nodes, edges));
}

/** Said to screen readers; whoever sees the canvas has seen it. */
export function say({ atoms }: CommandContext, text: string): void {
  // The same words once more are said once more.
  atoms.set(saidAtom, (before) => (before === text ? `${text}\u00a0` : text));
}

/** “Fetch orders”, or “3 nodes”. */
export function wordsFor(context: CommandContext, ids: readonly string[]): string {
  const node = ids.length === 1 && ids[0] !== undefined ? nodeOf(stateOf(context), ids[0]) : undefined;
  return node ? _("“{name}”", { name: nameOf(node) }) : _n("{n} step", "{n} steps", ids.length);
}

/** The middle of what is to be seen, in flow coordinates. */
export function middleOfView({ flow }: CommandContext): Point {
  const box = document.querySelector(".canvas")?.getBoundingClientRect();
  if (!flow || !box) return { x: 0, y: 0 };
  return flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
}

/** Where the pointer is on the canvas, in flow coordinates; null when it is elsewhere. */
export function pointOfPointer({ atoms, flow }: CommandContext): Point | null {
  const pointer = atoms.get(pointerAtom);
  return flow && pointer ? flow.screenToFlowPosition(pointer) : null;
}
