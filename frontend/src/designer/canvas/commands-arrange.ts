/** Commands that move cards: in line, at equal distances, tidied up, step by step. */
import {
  AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical, AlignHorizontalDistributeCenter,
  AlignStartHorizontal, AlignStartVertical, AlignVerticalDistributeCenter, LayoutGrid, type LucideIcon,
} from "lucide-react";
import { gestures, nodeOf } from "../../doc";
import { _, _n } from "../../lib/i18n";
import type { Command, CommandContext } from "../commands/command";
import { aligned, distributed, type Axis, type Side } from "./align";
import { boxOf, cardBoxes } from "./boxes";
import { positionOf } from "./flow-nodes";
import { GRID } from "./geometry";
import { say, selectedIds, stateOf } from "./part";
import type { Box, Point } from "./placement";

function selectedBoxes(context: CommandContext): Map<string, Box> {
  const state = stateOf(context);
  return new Map(selectedIds(context).flatMap((id) => {
    const node = nodeOf(state, id);
    return node ? [[id, boxOf(context.designer.catalogue, node)] as const] : [];
  }));
}

function move(context: CommandContext, places: ReadonlyMap<string, Point>, label: string, merge?: string): void {
  const positions = new Map([...places].map(([id, { x, y }]) => [id, { x, y }]));
  const done = context.edit((state) => gestures.moveNodes(state, positions), { label, whole: false, ...(merge === undefined ? {} : { merge }) });
  if (done) say(context, _n("{label}: {n} step.", "{label}: {n} steps.", places.size, { label }));
}

/** The selected cards when there are several, otherwise all of them. */
async function tidy(context: CommandContext): Promise<void> {
  const state = stateOf(context);
  const all = cardBoxes(context.designer.catalogue, state);
  const chosen = new Map([...all].filter(([id]) => context.selection.nodes.has(id)));
  const { tidied } = await import("./tidy");
  move(context, tidied(chosen.size > 1 ? chosen : all, state.connections), _("Tidy up"));
}

function nudge(context: CommandContext, x: number, y: number): void {
  const state = stateOf(context);
  const places = new Map(selectedIds(context).flatMap((id) => {
    const node = nodeOf(state, id);
    const at = node && positionOf(node);
    return at ? [[id, { x: at.x + x * GRID, y: at.y + y * GRID }] as const] : [];
  }));
  move(context, places, _("Move"), `nudge/${[...places.keys()].join()}`);
}

const atLeast = (count: number) => (context: CommandContext): boolean => !context.readOnly && context.selection.nodes.size >= count;

function alignment(side: Side, title: () => string, icon: LucideIcon): Command {
  return {
    id: `canvas.align-${side}`, group: "arrange", icon, title, enabled: atLeast(2), shown: (context) => context.flow !== null,
    run: (context) => move(context, aligned(selectedBoxes(context), side), title()),
  };
}

function distribution(axis: Axis, title: () => string, icon: LucideIcon): Command {
  return {
    id: `canvas.distribute-${axis}`, group: "arrange", icon, title, enabled: atLeast(3), shown: (context) => context.flow !== null,
    run: (context) => move(context, distributed(selectedBoxes(context), axis), title()),
  };
}

function step(id: string, key: string, title: () => string, x: number, y: number): Command {
  return { id: `canvas.move-${id}`, group: "arrange", keys: [`alt+${key}`], title, enabled: atLeast(1), shown: (context) => context.flow !== null, run: (context) => nudge(context, x, y) };
}

export const arrangeCommands: readonly Command[] = [
  {
    id: "canvas.tidy", group: "arrange", icon: LayoutGrid, keys: ["shift+t"], title: () => _("Tidy up"), words: () => _("layout arrange auto"), shown: ({ flow }) => flow !== null,
    enabled: (context) => !context.readOnly && stateOf(context).nodes.length > 1, run: tidy,
  },
  alignment("left", () => _("Align left"), AlignStartVertical),
  alignment("center", () => _("Align centres"), AlignCenterVertical),
  alignment("right", () => _("Align right"), AlignEndVertical),
  alignment("top", () => _("Align top"), AlignStartHorizontal),
  alignment("middle", () => _("Align middles"), AlignCenterHorizontal),
  alignment("bottom", () => _("Align bottom"), AlignEndHorizontal),
  distribution("horizontal", () => _("Distribute horizontally"), AlignHorizontalDistributeCenter),
  distribution("vertical", () => _("Distribute vertically"), AlignVerticalDistributeCenter),
  step("left", "arrowleft", () => _("Move to the left"), -1, 0),
  step("right", "arrowright", () => _("Move to the right"), 1, 0),
  step("up", "arrowup", () => _("Move up"), 0, -1),
  step("down", "arrowdown", () => _("Move down"), 0, 1),
];
