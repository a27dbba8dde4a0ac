/** Commands that look: zoom, fit, search, and going from card to card. */
import { Map as MapIcon, Maximize, MousePointer2, Scan, Search, SquareMousePointer, ZoomIn, ZoomOut } from "lucide-react";
import { nameOf, nodeOf } from "../../doc";
import { _, _n } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { Command, CommandContext } from "../commands/command";
import { cursorAtom, minimapAtom, selectModeAtom } from "../state/canvas";
import { dialogAtom, inspectorAtom } from "../state/panels";
import { cardBoxes } from "./boxes";
import { neighbour, type Direction } from "./neighbours";
import { say, select, stateOf } from "./part";
import { goTo } from "./reveal";

/** The minimap draws every node once more; with many of them that costs half of the frames. */
export const MOST_IN_MINIMAP = 300;
const SLOW_MS = 200;

const onCanvas = ({ flow }: CommandContext): boolean => flow !== null;
const duration = (): number => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : SLOW_MS);

function minimap(context: CommandContext): void {
  if (stateOf(context).nodes.length > MOST_IN_MINIMAP) return toast(_("The minimap is for workflows with up to {n} steps. Zoom out to see the whole.", { n: MOST_IN_MINIMAP }), "info");
  context.atoms.set(minimapAtom, (shown) => !shown);
}

function go(context: CommandContext, direction: Direction): void {
  const boxes = cardBoxes(context.designer.catalogue, stateOf(context));
  const selected = [...context.selection.nodes].at(-1) ?? context.atoms.get(cursorAtom);
  const from = selected !== null && boxes.has(selected) ? selected : null;
  const to = from === null ? boxes.keys().next().value : neighbour(from, direction, boxes, stateOf(context).connections);
  if (typeof to === "string") goTo(context, to);
  else say(context, _("There is no step in this direction."));
}

function selectAll(context: CommandContext): void {
  const state = stateOf(context);
  select(context, state.nodes.map(({ id }) => id));
  say(context, _n("{n} step selected.", "{n} steps selected.", state.nodes.length));
}

function clear(context: CommandContext): void {
  const [id] = context.selection.nodes;
  const node = id === undefined ? undefined : nodeOf(stateOf(context), id);
  select(context, []);
  say(context, node ? _("“{name}” is no longer selected.", { name: nameOf(node) }) : _("Nothing is selected."));
}

function arrow(direction: Direction, title: () => string): Command {
  return { id: `canvas.go-${direction}`, group: "view", keys: [`arrow${direction}`], title, shown: onCanvas, enabled: (context) => stateOf(context).nodes.length > 0, run: (context) => go(context, direction) };
}

export const viewCommands: readonly Command[] = [
  { id: "canvas.search", group: "view", icon: Search, keys: ["mod+f"], title: () => _("Find steps"), words: () => _("search text parameter"), run: ({ atoms }) => atoms.set(dialogAtom, { kind: "search" }) },
  { id: "canvas.zoom-in", group: "view", icon: ZoomIn, keys: ["+", "="], title: () => _("Zoom in"), shown: onCanvas, run: ({ flow }) => void flow?.zoomIn({ duration: duration() }) },
  { id: "canvas.zoom-out", group: "view", icon: ZoomOut, keys: ["-"], title: () => _("Zoom out"), shown: onCanvas, run: ({ flow }) => void flow?.zoomOut({ duration: duration() }) },
  { id: "canvas.zoom-100", group: "view", icon: Scan, keys: ["0"], title: () => _("Zoom to 100 %"), shown: onCanvas, run: ({ flow }) => void flow?.zoomTo(1, { duration: duration() }) },
  { id: "canvas.fit", group: "view", icon: Maximize, keys: ["1"], title: () => _("Show the whole workflow"), words: () => _("fit zoom"), shown: onCanvas, run: ({ flow }) => void flow?.fitView({ duration: duration(), maxZoom: 1, padding: 0.15 }) },
  { id: "canvas.minimap", group: "view", icon: MapIcon, keys: ["m"], title: () => _("Minimap"), shown: onCanvas, run: minimap },
  { id: "canvas.select-mode", group: "view", icon: SquareMousePointer, keys: ["v"], title: () => _("Select by dragging"), words: () => _("box selection mode"), shown: onCanvas, run: ({ atoms }) => atoms.set(selectModeAtom, (on) => !on) },
  { id: "canvas.select-all", group: "edit", icon: MousePointer2, keys: ["mod+a"], title: () => _("Select all"), shown: onCanvas, run: selectAll },
  {
    id: "canvas.clear-selection", group: "edit", keys: ["escape"], title: () => _("Select nothing"), shown: onCanvas,
    enabled: ({ selection }) => selection.nodes.size + selection.edges.size > 0, run: clear,
  },
  { id: "canvas.details", group: "view", title: () => _("Show details"), shown: ({ selection }) => selection.nodes.size === 1, run: ({ atoms }) => atoms.set(inspectorAtom, true) },
  arrow("left", () => _("Go to the step on the left")),
  arrow("right", () => _("Go to the step on the right")),
  arrow("up", () => _("Go to the step above")),
  arrow("down", () => _("Go to the step below")),
];
