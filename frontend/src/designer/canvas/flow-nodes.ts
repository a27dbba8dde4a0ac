/** The document's nodes as React Flow takes them. What has not changed keeps its identity, so its card is not drawn again. */
import type { Node } from "@xyflow/react";
import type { NodeState, WorkflowState } from "../../doc";
import { placeOfNode, portOf } from "../../doc";
import type { Catalogue, NodeType } from "../catalogue/catalogue";
import { portsOf, type Ports, type Values } from "../catalogue/ports";
import type { NodeRun } from "../state/overlay";
import { cardSize, handlesOf, type Size } from "./geometry";
import { cardLabel } from "./labels";

export interface CardData extends Record<string, unknown> {
  readonly node: NodeState;
  readonly type: NodeType | undefined;
  readonly ports: Ports;
  /** Outputs that lead nowhere yet. */
  readonly open: readonly string[];
}

export type CardNode = Node<CardData, "card" | "note">;
export const NOTE = "sticky_note";

/** What a node looks like, apart from the document. */
export interface Looks {
  readonly selected: ReadonlySet<string>;
  /** Where nodes are while they are dragged. */
  readonly dragged: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  /** How large notes are while their size is changed. */
  readonly resized?: ReadonlyMap<string, Size>;
  /** How nodes did in the run that is shown. */
  readonly runs?: ReadonlyMap<string, NodeRun>;
  /** The one that Tab reaches; without it the first. */
  readonly cursor?: string | null;
}

interface Made {
  readonly node: NodeState;
  readonly open: string;
  readonly run: NodeRun | null;
  readonly tabIndex: number;
  readonly flow: CardNode;
}

const NO_PORTS: Ports = { inputs: [], outputs: [] };
const MAIN = { name: "main", type: "main", description: "" };
/** A type that is not installed has the ports that the workflow uses: at least these. */
const UNKNOWN_PORTS: Ports = { inputs: [MAIN], outputs: [MAIN] };

export function nodePorts(type: NodeType | undefined, node: NodeState): Ports {
  if (!type) return UNKNOWN_PORTS;
  if (type.inert) return NO_PORTS;
  return portsOf(type, (node["parameters"] ?? {}) as Values, String(node["on_error"] ?? ""));
}

function number(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

export function positionOf(node: NodeState): { x: number; y: number } {
  const position = node["position"] as { x?: unknown; y?: unknown } | undefined;
  return { x: number(position?.x, 0), y: number(position?.y, 0) };
}

export function noteSize(node: NodeState): Size {
  const parameters = (node["parameters"] ?? {}) as { width?: unknown; height?: unknown };
  return { width: number(parameters.width, 240), height: number(parameters.height, 160) };
}

/** One instance for one canvas: remembers what it made. */
export class FlowNodes {
  #made = new Map<string, Made>();

  constructor(readonly catalogue: Catalogue) {}

  of(state: WorkflowState, looks: Looks): CardNode[] {
    const taken = new Set(state.connections.map((each) => `${each.source}:${portOf(each, "source_output")}`));
    const cursor = this.#reached(state, looks.cursor ?? null);
    const next = new Map<string, Made>();
    const list = state.nodes.map((node) => {
      const made = this.#one(node, taken, looks, cursor === node.id ? 0 : -1, this.#made.get(node.id));
      next.set(node.id, made);
      return made.flow;
    });
    this.#made = next;
    return list;
  }

  #reached(state: WorkflowState, cursor: string | null): string | null {
    return cursor !== null && placeOfNode(state, cursor) >= 0 ? cursor : (state.nodes[0]?.id ?? null);
  }

  #one(node: NodeState, taken: ReadonlySet<string>, looks: Looks, tabIndex: number, before: Made | undefined): Made {
    const isSame = before?.node === node;
    const type = isSame ? before.flow.data.type : this.catalogue.get(node.type);
    const ports = isSame ? before.flow.data.ports : nodePorts(type, node);
    const open = ports.outputs.map(({ name }) => name).filter((name) => !taken.has(`${node.id}:${name}`));
    const openKey = open.join("\n");
    const run = looks.runs?.get(node.id) ?? null;
    const position = looks.dragged.get(node.id) ?? positionOf(node);
    const selected = looks.selected.has(node.id);
    const isNote = node.type === NOTE;
    const size = isNote ? (looks.resized?.get(node.id) ?? noteSize(node)) : cardSize(Math.max(ports.inputs.length, ports.outputs.length), run !== null);
    const flow = before?.flow;
    const isSamePart = isSame && before.open === openKey;
    if (flow && isSamePart && before.run === run && before.tabIndex === tabIndex && flow.selected === selected && flow.height === size.height
      && flow.width === size.width && flow.position.x === position.x && flow.position.y === position.y) return before;
    return {
      node,
      open: openKey,
      run,
      tabIndex,
      flow: {
        id: node.id,
        type: isNote ? "note" : "card",
        position,
        data: flow && isSamePart ? flow.data : { node, type, ports, open },
        selected,
        ...size,
        measured: size,
        handles: handlesOf(ports, size),
        ariaLabel: cardLabel(node, type, run, ports.outputs.length - open.length),
        domAttributes: { tabIndex },
        zIndex: isNote ? -1 : 0,
      },
    };
  }
}
