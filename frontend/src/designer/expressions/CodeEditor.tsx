/** One text to be edited: a plain field at once, the editor in its place as soon as it is loaded. */
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from "react";
import { classes } from "../../ui/classes";
import type { EditorFault, EditorMode } from "./editor/options";
import { insertedText } from "./insert";
import type { ScopeSource } from "./types";
import { useEditor } from "./use-editor";
import "./expressions.css";

export interface CodeEditorProps {
  id?: string | undefined;
  /** The text as it is shown; a template without its `=`. */
  text: string;
  onChange: (text: string) => void;
  onFocus?: (() => void) | undefined;
  onBlur?: (() => void) | undefined;
  mode: EditorMode;
  isTemplate?: boolean | undefined;
  multiline?: boolean | undefined;
  readOnly?: boolean | undefined;
  placeholder?: string | undefined;
  scope?: ScopeSource | null | undefined;
  fault?: EditorFault | null | undefined;
  /** `aria-…` of the control. */
  aria?: Readonly<Record<string, string | boolean | undefined>> | undefined;
  /** Takes the focus when it appears. */
  autoFocus?: boolean | undefined;
  className?: string | undefined;
  ref?: Ref<CodeEditorHandle> | undefined;
}

export interface CodeEditorHandle {
  insert(expression: string): void;
  focus(): void;
}

export function CodeEditor(props: CodeEditorProps) {
  const { id, text, mode, multiline = false, readOnly = false, placeholder, className, ref } = props;
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const [isComposing, setComposing] = useState(false);
  const { isReady, editor } = useEditor(props, place, plain, isComposing);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useImperativeHandle(
    ref,
    () => ({
      insert: (expression) => (editor.current ? editor.current.insert(expression) : insertPlain(latest.current, plain.current, expression)),
      focus: () => (editor.current ?? plain.current)?.focus(),
    }),
    [editor],
  );
  useLabelFocus(id, () => editor.current?.focus());
  return (
    <div className={classes("code-editor", multiline ? "is-multiline" : "is-line", readOnly && "is-read-only", className)} data-mode={mode}>
      <div ref={place} className="code-editor-place" hidden={!isReady} />
      {!isReady && (
        <textarea
          {...(props.aria as object)}
          id={id}
          ref={plain}
          className="code-editor-plain"
          rows={1}
          autoFocus={props.autoFocus}
          spellCheck={false}
          value={text}
          readOnly={readOnly}
          placeholder={placeholder}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onChange={(event) => props.onChange(multiline ? event.target.value : event.target.value.replace(/\n/g, " "))}
          onFocus={props.onFocus}
          onBlur={props.onBlur}
        />
      )}
    </div>
  );
}

/** Without the editor, into the plain field. */
function insertPlain({ text, mode, isTemplate, readOnly, onChange }: CodeEditorProps, field: HTMLTextAreaElement | null, expression: string): void {
  if (readOnly) return;
  const at = field?.selectionStart ?? text.length;
  onChange(text.slice(0, at) + insertedText(text, at, expression, isTemplate ? "template" : mode) + text.slice(field?.selectionEnd ?? at));
}

/** A label leads to its control by a press; browsers do that only for their own. */
function useLabelFocus(id: string | undefined, focus: () => void): void {
  const latest = useRef(focus);
  useEffect(() => {
    latest.current = focus;
  });
  useEffect(() => {
    const label = id ? document.querySelector(`label[for="${CSS.escape(id)}"]`) : null;
    const onClick = (): void => latest.current();
    label?.addEventListener("click", onClick);
    return () => label?.removeEventListener("click", onClick);
  }, [id]);
}
