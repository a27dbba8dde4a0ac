/** A fixed text: the browser's own field. An expression that is put into it makes it an expression. */
import { useEffect, useRef, useState, type DragEvent } from "react";
import type { FieldControl } from "../../ui/Field";
import { forgetTarget, rememberTarget, type InsertionTarget } from "../data/insertion";
import { TextArea } from "../../ui/TextArea";
import { TextInput } from "../../ui/TextInput";
import { draggedExpression, isDragged } from "./drag";
import { insertedInFixed } from "./insert";

interface FixedFieldProps extends FieldControl {
  value: string;
  onChange: (value: string) => void;
  onBlur?: (() => void) | undefined;
  placeholder?: string | undefined;
  multiline: boolean;
  readOnly: boolean;
  acceptsExpressions: boolean;
}

type Element = HTMLInputElement | HTMLTextAreaElement;

export function FixedField({ value, onChange, multiline, acceptsExpressions, readOnly, ...rest }: FixedFieldProps) {
  const field = useRef<Element | null>(null);
  const accepts = acceptsExpressions && !readOnly;
  const insert = (expression: string): void => {
    const { selectionStart, selectionEnd } = field.current ?? {};
    onChange(insertedInFixed(value, selectionStart ?? value.length, selectionEnd ?? value.length, expression));
  };
  const onFocus = useTarget(accepts ? insert : null);
  const onDrop = (event: DragEvent): void => {
    const expression = draggedExpression(event.dataTransfer);
    if (expression === null) return;
    event.preventDefault();
    // Browsers tell no place of text under the pointer in their fields: an empty field, or the end.
    if (accepts) onChange(insertedInFixed(value, value.length, value.length, expression));
  };
  const onDragOver = (event: DragEvent): void => {
    if (!isDragged(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = accepts ? "copy" : "none";
  };
  const shared = { ...rest, value, onChange, readOnly, onFocus, onDrop, onDragOver };
  return multiline ? (
    <TextArea {...shared} ref={(element) => void (field.current = element)} />
  ) : (
    <TextInput {...shared} ref={(element) => void (field.current = element)} />
  );
}

function useTarget(insert: InsertionTarget["insert"] | null): () => void {
  const latest = useRef(insert);
  useEffect(() => {
    latest.current = insert;
  });
  const [target] = useState<InsertionTarget>(() => ({ insert: (expression) => latest.current?.(expression) }));
  useEffect(() => () => forgetTarget(target), [target]);
  return () => (insert ? rememberTarget(target) : undefined);
}
