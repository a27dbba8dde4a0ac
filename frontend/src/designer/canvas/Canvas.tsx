/** The graph as cards and connections. Holds nothing of the document: what is dragged is a look until it is dropped. */
import { MiniMap, ReactFlow, SelectionMode, type Viewport } from "@xyflow/react";
import { useAtom, useAtomValue, useStore } from "jotai";
import { useEffect, useMemo, useState, useSyncExternalStore, type FocusEvent, type MouseEvent, type PointerEvent } from "react";
import type { WorkflowState } from "../../doc";
import { _ } from "../../lib/i18n";
import { classes } from "../../ui/classes";
import { useCommandContext } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { cursorAtom, minimapAtom, pointerAtom, selectModeAtom, veryFarAtom, writingAtom } from "../state/canvas";
import { flowAtom } from "../state/flow";
import { readOnlyAtom } from "../state/mode";
import { overlayAtom } from "../state/overlay";
import { dialogAtom, inspectorAtom, paletteAtom } from "../state/panels";
import { selectionAtom, selectionOf } from "../state/selection";
import { shownDefinitionAtom } from "../state/shown-definition";
import { askForNode } from "./adding";
import { boxOf } from "./boxes";
import { CanvasMenu } from "./CanvasMenu";
import { CanvasTools } from "./CanvasTools";
import { MOST_IN_MINIMAP } from "./commands-view";
import { FarEdges } from "./FarEdges";
import { openMenuAtom } from "./menu-point";
import { firstView } from "./first-view";
import { FlowEdges, type Link } from "./flow-edges";
import { FlowNodes, NOTE, type CardNode } from "./flow-nodes";
import { FLOW } from "./flow-types";
import { GRID } from "./geometry";
import { useCardKeys } from "./use-card-keys";
import { useChanges } from "./use-changes";
import { useConnecting } from "./use-connecting";
import { useDropping } from "./use-dropping";
import { useViewport } from "./use-viewport";

const SNAP: [number, number] = [GRID, GRID];
const SEVERAL = ["Shift", "Meta", "Control"];
// As in styles/layout.css.
const [PALETTE, INSPECTOR, TOP_BAR] = [232, 376, 48];
const NO_EDGES: Link[] = [];

export function Canvas() {
  const { document, catalogue } = useDesigner();
  const readOnly = useAtomValue(readOnlyAtom);
  const overlay = useAtomValue(overlayAtom);
  const selection = useAtomValue(selectionAtom);
  const [cursor, setCursor] = useAtom(cursorAtom);
  const minimap = useAtomValue(minimapAtom);
  const selectMode = useAtomValue(selectModeAtom);
  const veryFar = useAtomValue(veryFarAtom);
  const [flow, setFlow] = useAtom(flowAtom);
  const atoms = useStore();
  const contextNow = useCommandContext();
  const { dragged, resized, nodesChanged, edgesChanged } = useChanges();
  const { connect, mayConnect, end } = useConnecting();
  const { over, leave, drop } = useDropping();
  const { moved, rested } = useViewport();
  const draft = useSyncExternalStore(document.store.subscribe, document.store.state);
  const past = useAtomValue(shownDefinitionAtom);
  const state = past ?? draft;
  const flowNodes = useMemo(() => new FlowNodes(catalogue), [catalogue]);
  const flowEdges = useMemo(() => new FlowEdges(), []);
  const runs = overlay?.nodes;
  const nodes = useMemo(
    () => flowNodes.of(state, { selected: selection.nodes, dragged, resized, cursor, ...(runs && { runs }) }),
    [flowNodes, state, selection.nodes, dragged, resized, runs, cursor],
  );
  const edges = useMemo(() => flowEdges.of(state.connections, selection.edges), [flowEdges, state.connections, selection.edges]);
  const viewport = useFirstViewport(state);
  const press = useCardKeys();
  // Commands that need a canvas are not offered beside an outline.
  useEffect(() => () => setFlow(null), [setFlow]);

  const point = ({ clientX: x, clientY: y }: PointerEvent | MouseEvent): void => atoms.set(pointerAtom, { x, y });
  const focused = (event: FocusEvent): void => {
    const id = (event.target as HTMLElement).closest<HTMLElement>(".react-flow__node")?.dataset["id"];
    if (id !== undefined && (event.target as HTMLElement).matches(".react-flow__node")) setCursor(id);
  };
  const doubleClicked = (event: MouseEvent): void => {
    if (readOnly || !(event.target as Element).matches(".react-flow__pane")) return;
    const context = contextNow();
    askForNode(context, { position: context.flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY }) ?? null });
  };
  // A press on one of several may begin a drag of them all; without one, that card is meant.
  const chosen = (event: MouseEvent, id: string): void => {
    if (!event.shiftKey && !event.metaKey && !event.ctrlKey) atoms.set(selectionAtom, selectionOf([id]));
  };
  const opened = (node: CardNode): void => {
    if (node.type === "note") atoms.set(writingAtom, node.id);
    else atoms.set(dialogAtom, { kind: "node", id: node.id });
  };
  return (
    <CanvasMenu>
      <div
        className={classes("canvas", selectMode && "selecting", readOnly && "locked")}
        aria-busy={flow === null}
        onPointerMove={point}
        onPointerLeave={() => atoms.get(openMenuAtom) === null && atoms.set(pointerAtom, null)}
        onDoubleClick={doubleClicked}
        onDragOver={over}
        onDragLeave={leave}
        onDrop={drop}
        onFocus={focused}
        onKeyDown={press}
      >
        <h2 className="visually-hidden">{_("Workflow canvas")}</h2>
        <ReactFlow<CardNode, Link>
          {...FLOW}
          nodes={nodes}
          edges={veryFar ? NO_EDGES : edges}
          onNodesChange={nodesChanged}
          onEdgesChange={edgesChanged}
          onConnect={connect}
          onConnectEnd={end}
          isValidConnection={mayConnect}
          onNodeClick={(event, { id }) => chosen(event, id)}
          onNodeDoubleClick={(_event, node) => opened(node)}
          onInit={(flow) => (setFlow(flow as never), moved(null, flow.getViewport()))}
          onMove={moved}
          onMoveEnd={rested}
          defaultViewport={viewport}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesFocusable={false}
          disableKeyboardA11y
          snapToGrid
          snapGrid={SNAP}
          maxZoom={2}
          panOnScroll
          panOnDrag={selectMode ? [1] : [0, 1]}
          selectionOnDrag={selectMode}
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={SEVERAL}
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          aria-label={_("Workflow canvas")}
        >
          {minimap && nodes.length <= MOST_IN_MINIMAP && <MiniMap pannable zoomable ariaLabel={_("Minimap")} />}
          {veryFar && <FarEdges edges={edges} />}
        </ReactFlow>
        <CanvasTools />
      </div>
    </CanvasMenu>
  );
}

/** As it was left, else as a workflow is shown for the first time; known before anything is drawn. */
function useFirstViewport(state: WorkflowState): Viewport {
  const { props, catalogue } = useDesigner();
  const hasPalette = useAtomValue(paletteAtom);
  const hasInspector = useAtomValue(inspectorAtom);
  const [viewport] = useState(() => {
    if (props.view) return { x: props.view.x, y: props.view.y, zoom: props.view.zoom };
    const boxes = state.nodes.map((node) => boxOf(catalogue, node));
    const steps = boxes.filter((_box, at) => state.nodes[at]?.type !== NOTE);
    return firstView(boxes, innerWidth - (hasPalette ? PALETTE : 0) - (hasInspector ? INSPECTOR : 0), innerHeight - TOP_BAR, steps);
  });
  return viewport;
}
