/** What is selected on the canvas, by ids of nodes and keys of connections. */
import { atom } from "jotai";

export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export const NOTHING: Selection = { nodes: new Set(), edges: new Set() };
export const selectionAtom = atom<Selection>(NOTHING);
/** The one selected node; null when there are none or several. */
export const onlyNodeAtom = atom((get) => {
  const { nodes } = get(selectionAtom);
  return nodes.size === 1 ? ([...nodes][0] ?? null) : null;
});

export function selectionOf(nodes: Iterable<string>, edges: Iterable<string> = []): Selection {
  return { nodes: new Set(nodes), edges: new Set(edges) };
}
