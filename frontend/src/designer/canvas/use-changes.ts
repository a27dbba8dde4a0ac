/** What people do with the pointer, told to the document when it has settled. */
import type { EdgeChange, NodeChange } from "@xyflow/react";
import { useSetAtom } from "jotai";
import { useCallback, useState } from "react";
import { gestures } from "../../doc";
import { _ } from "../../lib/i18n";
import { useEdit } from "../model/edit";
import { selectionAtom } from "../state/selection";
import type { Link } from "./flow-edges";
import type { CardNode } from "./flow-nodes";
import type { Size } from "./geometry";
import type { Point } from "./placement";

type Places = ReadonlyMap<string, Point>;
type Sizes = ReadonlyMap<string, Size>;
const STILL: Places = new Map();
const SAME: Sizes = new Map();

export function useChanges() {
  const edit = useEdit();
  const select = useSetAtom(selectionAtom);
  const [dragged, setDragged] = useState(STILL);
  const [resized, setResized] = useState(SAME);
  const nodesChanged = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const chosen = changes.filter((change) => change.type === "select");
      if (chosen.length > 0) select((before) => ({ ...before, nodes: changed(before.nodes, chosen) }));
      const sizes = changes.flatMap((change) => (change.type === "dimensions" && change.resizing !== undefined ? [change] : []));
      for (const { id, dimensions, resizing } of sizes) setResized((before) => (resizing && dimensions ? new Map([...before, [id, dimensions]]) : SAME));
      const moves = changes.flatMap((change) => (change.type === "position" && change.position ? [change] : []));
      if (moves.length === 0) return;
      const places = new Map(moves.map(({ id, position }) => [id, position as { x: number; y: number }]));
      if (moves.some(({ dragging }) => dragging === true)) return setDragged((before) => new Map([...before, ...places]));
      setDragged(STILL);
      edit((now) => gestures.moveNodes(now, places), { label: _("Move"), whole: false });
    },
    [edit, select],
  );
  const edgesChanged = useCallback(
    (changes: EdgeChange<Link>[]) => {
      const chosen = changes.filter((change) => change.type === "select");
      if (chosen.length > 0) select((before) => ({ ...before, edges: changed(before.edges, chosen) }));
    },
    [select],
  );
  return { dragged, resized, nodesChanged, edgesChanged };
}

function changed(before: ReadonlySet<string>, changes: readonly { readonly id: string; readonly selected: boolean }[]): ReadonlySet<string> {
  const next = new Set(before);
  for (const { id, selected } of changes) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  return next;
}
