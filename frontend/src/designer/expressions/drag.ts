/** What is dragged from data into fields. */
import { blockText } from "./path";

export const PATH_TYPE = "application/x-exprsn-path";

/** Puts an expression on a drag: fields take it as it is, other programs as a block. */
export function setDragged(data: DataTransfer, expression: string): void {
  data.setData(PATH_TYPE, JSON.stringify({ expression }));
  data.setData("text/plain", blockText(expression));
  data.effectAllowed = "copy";
}

/** Whether a drag brings an expression; what it says can only be read when it is dropped. */
export function isDragged(data: DataTransfer | null): boolean {
  return data?.types.includes(PATH_TYPE) ?? false;
}

/** The expression of a drop; null for anything else. */
export function draggedExpression(data: DataTransfer | null): string | null {
  try {
    const payload: unknown = JSON.parse(data?.getData(PATH_TYPE) ?? "");
    const expression = (payload as { expression?: unknown } | null)?.expression;
    return typeof expression === "string" ? expression : null;
  } catch {
    return null;
  }
}
