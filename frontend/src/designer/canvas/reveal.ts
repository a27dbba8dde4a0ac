/** Going to a step: it is selected, comes into view, and takes the focus; as a card, or as a line of the outline. */
import { nodeOf } from "../../doc";
import type { CommandContext } from "../commands/command";
import { cursorAtom } from "../state/canvas";
import { boxOf } from "./boxes";
import { firstView } from "./first-view";
import { select, stateOf } from "./part";
import type { Box } from "./placement";

const MARGIN = 24;
const SLOW_MS = 200;
/** Cards out of view are not in the page; it takes a moment until they are. */
const FRAMES = 30;

export function cardElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`:is(.react-flow__node, .outline-item)[data-id="${CSS.escape(id)}"]`);
}

/** Select one card and go there. */
export function goTo(context: CommandContext, id: string): void {
  select(context, [id]);
  focusCard(context, id);
}

/** The focus alone. */
export function focusCard(context: CommandContext, id: string): void {
  context.atoms.set(cursorAtom, id);
  bringIntoView(context, id);
  focusSoon(id, FRAMES);
  // The inspector may have opened and taken room by then.
  setTimeout(() => bringIntoView(context, id), SLOW_MS + 50);
}

/** The first of several cards has the focus, and all of them are to be seen where that is possible. */
export function focusCards(context: CommandContext, ids: readonly string[]): void {
  const [first] = ids;
  if (first === undefined) return;
  context.atoms.set(cursorAtom, first);
  bringAllIntoView(context, ids);
  focusSoon(first, FRAMES);
}

function bringAllIntoView(context: CommandContext, ids: readonly string[]): void {
  const { flow, designer } = context;
  const view = document.querySelector(".canvas")?.getBoundingClientRect();
  if (!flow || !view) return;
  const boxes = ids.flatMap((id) => {
    const node = nodeOf(stateOf(context), id);
    return node ? [boxOf(designer.catalogue, node)] : [];
  });
  if (boxes.every((box) => isInside(flow, view, box))) return;
  void flow.setViewport(firstView(boxes, view.width, view.height), { duration: pace() });
}

/** Where the keyboard goes on when what had the focus has closed: the step that Tab would reach. */
export function focusWork(): void {
  const step = document.querySelector<HTMLElement>('.designer-middle :is(.react-flow__node, .outline-item)[tabindex="0"]');
  (step ?? document.getElementById("main"))?.focus({ preventScroll: true });
}

/** The card or the line of a step, as soon as it is in the page. */
export function focusStep(id: string): void {
  focusSoon(id, FRAMES);
}

function focusSoon(id: string, frames: number): void {
  const element = cardElement(id);
  if (element) element.focus({ preventScroll: element.matches(".react-flow__node") });
  else if (frames > 0) requestAnimationFrame(() => focusSoon(id, frames - 1));
}

export function bringIntoView(context: CommandContext, id: string): void {
  const { flow, designer } = context;
  const node = nodeOf(stateOf(context), id);
  const view = document.querySelector(".canvas")?.getBoundingClientRect();
  if (!flow || !view) return cardElement(id)?.scrollIntoView({ block: "nearest" });
  if (!node) return;
  const box = boxOf(designer.catalogue, node);
  if (isInside(flow, view, box)) return;
  void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: flow.getZoom(), duration: pace() });
}

function isInside(flow: NonNullable<CommandContext["flow"]>, view: DOMRect, box: Box): boolean {
  const zoom = flow.getZoom();
  const at = flow.flowToScreenPosition(box);
  return (
    at.x >= view.left + MARGIN &&
    at.y >= view.top + MARGIN &&
    at.x + box.width * zoom <= view.right - MARGIN &&
    at.y + box.height * zoom <= view.bottom - MARGIN
  );
}

function pace(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : SLOW_MS;
}
