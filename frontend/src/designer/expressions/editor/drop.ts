import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { draggedExpression, isDragged } from "../drag";

/** Fields of data can be dropped where the pointer is. */
export function dropsExpressions(insert: (view: EditorView, expression: string, position: number) => void): Extension {
  return EditorView.domEventHandlers({
    drop(event, view) {
      const expression = draggedExpression(event.dataTransfer);
      if (expression === null) return false;
      event.preventDefault();
      const position = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
      insert(view, expression, position);
      return true;
    },
    dragover(event) {
      if (!isDragged(event.dataTransfer)) return false;
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      return false;
    },
  });
}
