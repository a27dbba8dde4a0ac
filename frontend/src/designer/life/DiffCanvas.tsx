/** Two versions side by side on canvases that move together; what differs is marked. */
import { getViewportForBounds, ReactFlow, ReactFlowProvider, type Viewport } from "@xyflow/react";
import { Provider } from "jotai";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { workflowState, type WorkflowState } from "../../doc";
import { _ } from "../../lib/i18n";
import { Progress } from "../../ui/Progress";
import { FlowEdges, type Link } from "../canvas/flow-edges";
import { FlowNodes, type CardNode } from "../canvas/flow-nodes";
import { FLOW } from "../canvas/flow-types";
import { useDesigner } from "../model/designer";
import { boundsOf, type Marks, marksOf } from "./diff-marks";
import { DRAFT, useDefinition, type Diff } from "./versions";

const PLAIN = { selected: new Set<string>(), dragged: new Map(), ran: new Set<string>() };
const LEAST_ZOOM = 0.1;

interface Props {
  readonly diff: Diff;
  readonly from: number;
  readonly to: number | typeof DRAFT;
}

export function DiffCanvas({ diff, from, to }: Props) {
  const before = useDefinition(from);
  const after = useDefinition(to);
  if (before.error || after.error) return <p className="alert err">{(before.error ?? after.error)?.message}</p>;
  if (!before.data || !after.data) return <Progress label={_("Loading…")} value={null} />;
  return <Panes diff={diff} before={workflowState(before.data)} after={workflowState(after.data)} titles={[nameOf(from), nameOf(to)]} />;
}

const nameOf = (version: number | typeof DRAFT): string => (version === DRAFT ? _("Now") : _("Version {number}", { number: version }));

function Panes({ diff, before, after, titles }: { readonly diff: Diff; readonly before: WorkflowState; readonly after: WorkflowState; readonly titles: readonly [string, string] }) {
  const place = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState<Viewport | null>(null);
  const marks = useMemo(() => marksOf(diff), [diff]);
  useLayoutEffect(() => {
    const { clientWidth, clientHeight } = place.current ?? document.body;
    setViewport(getViewportForBounds(boundsOf([before, after]), clientWidth / 2, clientHeight, LEAST_ZOOM, 1, 0.1));
  }, [before, after]);
  return (
    // A store of its own: runs and faults of the draft have no place here.
    <Provider>
      <div className="diff-canvas" ref={place}>
        {viewport && (
          <>
            <Pane title={titles[0]} state={before} marks={marks} viewport={viewport} move={setViewport} />
            <Pane title={titles[1]} state={after} marks={marks} viewport={viewport} move={setViewport} />
          </>
        )}
      </div>
    </Provider>
  );
}

interface PaneProps {
  readonly title: string;
  readonly state: WorkflowState;
  readonly marks: Marks;
  readonly viewport: Viewport;
  readonly move: (viewport: Viewport) => void;
}

function Pane({ title, state, marks, viewport, move }: PaneProps) {
  const { catalogue } = useDesigner();
  const nodes = useMemo(
    () => new FlowNodes(catalogue).of(state, PLAIN).map((node): CardNode => ({ ...node, className: marks.nodes.get(node.id) ?? "diff-same", focusable: false })),
    [catalogue, state, marks],
  );
  const edges = useMemo(
    () => new FlowEdges().of(state.connections, PLAIN.selected).map((edge): Link => ({ ...edge, className: marks.edges.get(edge.id) ?? "", focusable: false })),
    [state, marks],
  );
  return (
    <section className="diff-pane" aria-label={title}>
      <h3>{title}</h3>
      <ReactFlowProvider>
        <ReactFlow<CardNode, Link>
          {...FLOW}
          nodes={nodes}
          edges={edges}
          viewport={viewport}
          onViewportChange={move}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
        />
      </ReactFlowProvider>
    </section>
  );
}

