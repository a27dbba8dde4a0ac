/**
 * The graph as text: what happens one after the other, and under a step that decides, its branches. Every node stands
 * in it once; where a path comes to one that stands elsewhere, it says so. Pure.
 */
import { nameOf, portOf, type ConnectionState, type NodeState, type WorkflowState } from "../../doc";

export interface OutlineRow {
  readonly node: NodeState;
  /** 1 for the beginnings. */
  readonly level: number;
  /** The output by which its branch begins (`true`, `hot`); null where only one thing follows. */
  readonly branch: string | null;
  /** The step stands elsewhere already; here only that it goes on there. */
  readonly isJump: boolean;
  /** Places among the steps of its own sequence, from 1. */
  readonly position: number;
  readonly count: number;
  /** What follows, for the sentence. */
  readonly next: readonly { readonly port: string | null; readonly name: string }[];
}

type Draft = Omit<OutlineRow, "count" | "position">;

interface Graph {
  readonly nodes: ReadonlyMap<string, NodeState>;
  readonly after: ReadonlyMap<string, readonly ConnectionState[]>;
}

function graphOf({ nodes, connections }: WorkflowState): Graph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const after = new Map<string, ConnectionState[]>();
  for (const connection of connections) {
    if (!byId.has(connection.source) || !byId.has(connection.target)) continue;
    const list = after.get(connection.source) ?? [];
    list.push(connection);
    after.set(connection.source, list);
  }
  return { nodes: byId, after };
}

/** A place in the walk: a node that is still to be written down. */
interface Step {
  readonly id: string;
  readonly level: number;
  readonly branch: string | null;
}

/** `isTrigger` says where workflows begin; notes are left out by `isShown`. */
export function outlineOf(state: WorkflowState, isTrigger: (node: NodeState) => boolean, isShown: (node: NodeState) => boolean): OutlineRow[] {
  const graph = graphOf(state);
  const entered = new Set(state.connections.map(({ target }) => target));
  const shown = state.nodes.filter(isShown);
  const beginnings = [...shown.filter(isTrigger), ...shown.filter((node) => !isTrigger(node) && !entered.has(node.id)), ...shown];
  const rows: Draft[] = [];
  const seen = new Set<string>();
  for (const node of beginnings) if (!seen.has(node.id)) walk(graph, node.id, rows, seen);
  return counted(rows);
}

function walk(graph: Graph, first: string, rows: Draft[], seen: Set<string>): void {
  const todo: Step[] = [{ id: first, level: 1, branch: null }];
  while (todo.length > 0) {
    const step = todo.pop() as Step;
    const node = graph.nodes.get(step.id) as NodeState;
    const isJump = seen.has(step.id);
    const links = graph.after.get(step.id) ?? [];
    rows.push({ node, level: step.level, branch: step.branch, isJump, next: isJump ? [] : nextOf(graph, links) });
    if (isJump) continue;
    seen.add(step.id);
    // What follows alone stays on the level; branches go one deeper. The last pushed is the first walked.
    const deeper = links.length > 1 || links.some((link) => portOf(link, "source_output") !== "main");
    for (const link of [...links].reverse()) {
      todo.push({ id: link.target, level: step.level + (deeper ? 1 : 0), branch: deeper ? portOf(link, "source_output") : null });
    }
  }
}

function nextOf(graph: Graph, links: readonly ConnectionState[]): OutlineRow["next"] {
  return links.map((link) => {
    const port = portOf(link, "source_output");
    const target = graph.nodes.get(link.target);
    return { port: port === "main" ? null : port, name: target ? nameOf(target) : link.target };
  });
}

/** Places among siblings: rows of one level until a row of a lower level ends them. */
function counted(rows: readonly Draft[]): OutlineRow[] {
  const open: Draft[][] = [];
  const groupOf = new Map<Draft, Draft[]>();
  for (const row of rows) {
    open.length = Math.min(open.length, row.level);
    const group = (open[row.level - 1] ??= []);
    group.push(row);
    groupOf.set(row, group);
  }
  return rows.map((row) => {
    const group = groupOf.get(row) ?? [row];
    return { ...row, position: group.indexOf(row) + 1, count: group.length };
  });
}
