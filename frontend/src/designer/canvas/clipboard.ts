/** Copy, cut and paste: as text, so that it goes to other tabs, into mails, and comes from n8n. */
import { api, ApiError } from "../../api/client";
import { clipText, gestures, readClip, type Part } from "../../doc";
import { newUuid } from "../../doc/ids";
import { _, _n } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { CommandContext } from "../commands/command";
import { dialogAtom } from "../state/panels";
import { boxOf } from "./boxes";
import { GRID } from "./geometry";
import { middleOfView, pointOfPointer, say, select, selectedIds, stateOf, wordsFor } from "./part";
import { around, onGrid, overlaps, type Box, type Point } from "./placement";
import { focusCard, focusCards } from "./reveal";

const REASONS: Readonly<Record<"not_json" | "not_nodes" | "too_large" | "newer_version", () => string>> = {
  not_json: () => _("What you have copied is no part of a workflow, so there is nothing to paste here."),
  not_nodes: () => _("What you have copied is JSON, but it has no steps that could be pasted."),
  too_large: () => _("What you have copied is too large to be pasted. Import it as a workflow instead."),
  newer_version: () => _("This was copied from a newer version of the product, which has to be updated here first."),
};

/** The selected nodes as text; null when none is selected. */
export function copiedText(context: CommandContext): string | null {
  const ids = selectedIds(context);
  return ids.length === 0 ? null : clipText(gestures.partOf(stateOf(context), ids));
}

export function sayCopied(context: CommandContext): void {
  say(context, _("Copied {what}.", { what: wordsFor(context, selectedIds(context)) }));
}

/** Where the focus goes when these are gone: what led to them, else what they led to, else any step. */
function neighbourOf(context: CommandContext, ids: readonly string[]): string | null {
  const { nodes, connections } = stateOf(context);
  const gone = new Set(ids);
  const before = connections.find(({ source, target }) => gone.has(target) && !gone.has(source))?.source;
  const behind = connections.find(({ source, target }) => gone.has(source) && !gone.has(target))?.target;
  return before ?? behind ?? nodes.find(({ id }) => !gone.has(id))?.id ?? null;
}

export function removeSelected(context: CommandContext, label: string): void {
  const ids = selectedIds(context);
  const edges = [...context.selection.edges];
  const next = neighbourOf(context, ids);
  const words = ids.length > 0 ? wordsFor(context, ids) : _n("{n} connection", "{n} connections", edges.length);
  const done = context.edit((state) => {
    const removed = gestures.removeNodes(state, ids);
    const gone = new Set(removed.map(({ path }) => path.join("/")));
    return [...gestures.disconnect(state, edges).filter(({ path }) => !gone.has(path.join("/"))), ...removed];
  }, { label });
  if (!done) return;
  select(context, []);
  if (next !== null && ids.length > 0) focusCard(context, next);
  else if (ids.length > 0) document.getElementById("main")?.focus();
  say(context, _("Removed {what}.", { what: words }));
}

/** What a text has to be pasted, where the pointer is; says why not, and loses nothing. */
export async function pasteText(context: CommandContext, text: string): Promise<void> {
  const clip = readClip(text);
  if (clip.kind === "unknown") return toast(REASONS[clip.reason](), "warning");
  const at = pointOfPointer(context);
  if (clip.kind === "part") return pastePart(context, clip.part, at);
  try {
    const { data } = await api.POST("/api/v1/workflows/{workflow_id}/convert/", {
      params: { path: { workflow_id: context.designer.props.workflow.id } },
      body: clip.document,
    });
    if (!data) return;
    pastePart(context, { nodes: data.nodes, connections: data.connections } as unknown as Part, at);
    const { placeholders, credentials_needed, warnings } = data.report;
    if (placeholders.length + credentials_needed.length + warnings.length > 0) context.atoms.set(dialogAtom, { kind: "pasted", report: data.report });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, "error");
  }
}

function pastePart(context: CommandContext, part: Part, at: Point | null): void {
  let ids: readonly string[] = [];
  const by = offset(context, part, at);
  const done = context.edit((state) => {
    const pasted = gestures.insertPart(state, part, newUuid, { ...by });
    ids = pasted.ids;
    return pasted.drafts;
  }, { label: _("Paste") });
  if (done) show(context, ids, _("Pasted {what}.", { what: _n("{n} step", "{n} steps", ids.length) }));
}

/** From where the part was to where it goes; beside what is there already. */
function offset(context: CommandContext, part: Part, at: Point | null): Point {
  const { catalogue } = context.designer;
  const boxes = part.nodes.map((node) => boxOf(catalogue, node));
  const whole = around(boxes) ?? { x: 0, y: 0, width: 0, height: 0 };
  const middle = middleOfView(context);
  const to = at ?? { x: middle.x - whole.width / 2, y: middle.y - whole.height / 2 };
  const taken = stateOf(context).nodes.map((node) => boxOf(catalogue, node));
  return beside(boxes, onGrid({ x: to.x - whole.x, y: to.y - whole.y }), taken);
}

function beside(boxes: readonly Box[], wanted: Point, taken: readonly Box[]): Point {
  let by = wanted;
  const hides = (): boolean => boxes.some((box) => taken.some((other) => overlaps({ ...box, x: box.x + by.x, y: box.y + by.y }, other)));
  for (let step = 0; step < 40 && hides(); step += 1) by = { x: by.x + 2 * GRID, y: by.y + 2 * GRID };
  return by;
}

export function duplicateSelected(context: CommandContext): void {
  const ids = selectedIds(context);
  const part = gestures.partOf(stateOf(context), ids);
  const { catalogue } = context.designer;
  const taken = stateOf(context).nodes.map((node) => boxOf(catalogue, node));
  const by = beside(part.nodes.map((node) => boxOf(catalogue, node)), { x: 2 * GRID, y: 2 * GRID }, taken);
  let made: readonly string[] = [];
  const done = context.edit((state) => {
    const pasted = gestures.duplicate(state, ids, newUuid, { ...by });
    made = pasted.ids;
    return pasted.drafts;
  }, { label: _("Duplicate") });
  if (done) show(context, made, _("Duplicated {what}.", { what: _n("{n} step", "{n} steps", made.length) }));
}

function show(context: CommandContext, ids: readonly string[], words: string): void {
  select(context, ids);
  focusCards(context, ids);
  say(context, words);
}
