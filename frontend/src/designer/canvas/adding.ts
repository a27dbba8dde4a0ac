/** New nodes: where they go, what they are connected to, as one step of undo. */
import { connectionOf, gestures, nameOf, nodeOf, portOf, type Draft, type JsonObject, type NodeState, type WorkflowState } from "../../doc";
import { newUuid } from "../../doc/ids";
import { _ } from "../../lib/i18n";
import type { NodeType } from "../catalogue/catalogue";
import type { CommandContext } from "../commands/command";
import { dialogAtom, inspectorAtom, type AddTarget } from "../state/panels";
import { writingAtom } from "../state/canvas";
import { boxOf, cardBoxes } from "./boxes";
import { nodePorts, NOTE, noteSize } from "./flow-nodes";
import { cardSize, portOffset, type Size } from "./geometry";
import { downstream } from "./graph";
import { middleOfView, onlySelected, pointOfPointer, say, stateOf } from "./part";
import { freePlace, onGrid, placeBefore, placeBehind, placeBetween, type Point } from "./placement";
import { goTo } from "./reveal";

interface Plan {
  readonly place: Point;
  readonly drafts: (state: WorkflowState, node: NodeState) => Draft[];
}

/** Where “add” leads when nobody says where: behind the selected node, else where the pointer is. */
export function usualTarget(context: CommandContext): AddTarget {
  const node = onlySelected(context);
  if (!node) return { position: pointOfPointer(context) };
  const { outputs } = nodePorts(context.designer.catalogue.get(node.type), node);
  const taken = new Set(stateOf(context).connections.filter(({ source }) => source === node.id).map((each) => portOf(each, "source_output")));
  const port = outputs.find(({ name }) => !taken.has(name)) ?? outputs[0];
  return port ? { position: null, after: { node: node.id, port: port.name } } : { position: null };
}

/** Whether a type fits where it would go. */
export function fits(type: NodeType, target: AddTarget): boolean {
  if (type.inert) return target.after === undefined && target.before === undefined && target.on === undefined;
  const isBehind = target.after !== undefined || target.on !== undefined;
  const isBefore = target.before !== undefined || target.on !== undefined;
  return !(isBehind && type.is_trigger) && !(isBefore && type.outputs.length === 0 && type.outputs_rule === null);
}

/** The id of the new node; null when it could not be added. */
export function addNode(context: CommandContext, type: NodeType, target: AddTarget): string | null {
  const node: NodeState = { id: newUuid(), type: type.type, type_version: type.version, name: type.name, parameters: {} };
  const { inputs, outputs } = nodePorts(type, node);
  const size = cardSize(Math.max(inputs.length, outputs.length), false);
  const plan = planOf(context, node, size, fits(type, target) ? target : { position: target.position });
  const placed = { ...node, position: { ...plan.place } };
  const done = context.edit((state) => plan.drafts(state, placed), { label: _("Add {name}", { name: type.name }) });
  if (!done) return null;
  context.atoms.set(inspectorAtom, true);
  goTo(context, node.id);
  say(context, _("Added “{name}”.", { name: nameOf(nodeOf(stateOf(context), node.id) ?? node) }));
  return node.id;
}

function planOf(context: CommandContext, node: NodeState, size: Size, target: AddTarget): Plan {
  const state = stateOf(context);
  const { catalogue } = context.designer;
  const boxes = cardBoxes(catalogue, state);
  const taken = [...boxes.values()];
  const { inputs, outputs } = nodePorts(catalogue.get(node.type), node);
  const [input, output] = [inputs[0]?.name ?? "main", outputs[0]?.name ?? "main"];
  if (target.on !== undefined) return onConnection(context, target.on, size, { input, output });
  if (target.after) {
    const { node: source, port } = target.after;
    const box = boxes.get(source) ?? { x: 0, y: 0, ...size };
    const place = target.position ? freePlace(centred(target.position, size, "left"), size, taken) : placeBehind(box, size, taken, portHeight(context, source, port));
    return { place, drafts: (now, added) => gestures.addNodeBehind(now, added, { source, source_output: port, target_input: input }) };
  }
  if (target.before) {
    const { node: behind, port } = target.before;
    const box = boxes.get(behind) ?? { x: 0, y: 0, ...size };
    const place = target.position ? freePlace(centred(target.position, size, "right"), size, taken) : placeBefore(box, size, taken);
    const ends = (source: string) => ({ source, source_output: output, target: behind, target_input: port });
    return { place, drafts: (now, added) => [...gestures.addNode(now, added), gestures.connectionAdded(ends(added.id))] };
  }
  const wanted = target.position ?? centred(middleOfView(context), size, "middle");
  return { place: freePlace(wanted, size, taken), drafts: gestures.addNode };
}

/** Between both ends; what lies behind makes room. */
function onConnection(context: CommandContext, key: string, size: Size, ports: { readonly input: string; readonly output: string }): Plan {
  const state = stateOf(context);
  const { catalogue } = context.designer;
  const connection = connectionOf(state, key);
  const [source, target] = [connection && nodeOf(state, connection.source), connection && nodeOf(state, connection.target)];
  if (!source || !target) return { place: onGrid(middleOfView(context)), drafts: gestures.addNode };
  const { place, shift } = placeBetween(boxOf(catalogue, source), boxOf(catalogue, target), size);
  const moving = shift > 0 ? downstream(target.id, state.connections, new Set([source.id])) : new Set<string>();
  const boxes = cardBoxes(catalogue, state);
  const staying = [...boxes].filter(([id]) => !moving.has(id)).map(([, box]) => box);
  const places = new Map([...moving].flatMap((id) => {
    const box = boxes.get(id);
    return box ? [[id, { x: box.x + shift, y: box.y }] as const] : [];
  }));
  return {
    place: freePlace(place, size, staying),
    drafts: (now, added) => [...gestures.insertOnConnection(now, key, added, ports), ...gestures.moveNodes(now, places)],
  };
}

function portHeight(context: CommandContext, id: string, port: string): number {
  const node = nodeOf(stateOf(context), id);
  if (!node) return 0;
  const { outputs } = nodePorts(context.designer.catalogue.get(node.type), node);
  const box = boxOf(context.designer.catalogue, node);
  return box.y + portOffset(outputs.findIndex(({ name }) => name === port), outputs.length, box.height);
}

function centred({ x, y }: Point, { width, height }: Size, hold: "left" | "middle" | "right"): Point {
  const aside = { left: 0, middle: width / 2, right: width }[hold];
  return { x: x - aside, y: y - height / 2 };
}

/** A note, ready to be written on. */
export function addNote(context: CommandContext, at: Point | null): void {
  const parameters: JsonObject = { content: "" };
  const note: NodeState = { id: newUuid(), type: NOTE, type_version: 1, name: _("Note"), parameters };
  const place = onGrid(at ?? centred(middleOfView(context), noteSize(note), "middle"));
  if (!context.edit((state) => gestures.addNode(state, { ...note, position: { ...place } }), { label: _("Add a note") })) return;
  goTo(context, note.id);
  context.atoms.set(writingAtom, note.id);
}

/** Ask which node; it goes where the target says. */
export function askForNode(context: CommandContext, target: AddTarget): void {
  if (!context.readOnly) context.atoms.set(dialogAtom, { kind: "add", target });
}
