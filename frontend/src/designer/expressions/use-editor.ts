/** Keeps the loaded editor in step with its properties, and hands over what was typed before it was there. */
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { CodeEditorProps } from "./CodeEditor";
import { editorAtHand, loadEditor } from "./editor/load";
import type { EditorHandle } from "./editor/options";

interface Kept {
  readonly isReady: boolean;
  readonly editor: RefObject<EditorHandle | null>;
}

type Plain = RefObject<HTMLTextAreaElement | null>;

export function useEditor(props: CodeEditorProps, place: RefObject<HTMLDivElement | null>, plain: Plain, isComposing: boolean): Kept {
  const editor = useRef<EditorHandle | null>(null);
  const latest = useRef(props);
  const told = useRef<string[]>([]);
  /** An editor takes the focus over: from the plain field, or from the editor of the former language. */
  const restoring = useRef(props.autoFocus ?? false);
  const [create, setCreate] = useState(() => editorAtHand());
  // How often an editor was made; the plain field stays until the first is there.
  const [made, setMade] = useState(0);
  const canMake = create !== null && !isComposing;
  const isReady = made > 0;
  const { mode, isTemplate = false, multiline = false, placeholder = "", readOnly = false, text, fault = null } = props;

  useLayoutEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    let gone = false;
    // Without the editor the plain field goes on serving.
    if (!create) loadEditor().then((loaded) => gone || setCreate(() => loaded), () => undefined);
    return () => void (gone = true);
  }, [create]);
  useLayoutEffect(() => {
    if (!canMake || !place.current || !create) return;
    const field = plain.current;
    const hadFocus = field !== null && document.activeElement === field;
    const handle = create({
      parent: place.current,
      text: latest.current.text,
      selection: { anchor: field?.selectionStart ?? 0, head: field?.selectionEnd ?? 0 },
      mode,
      isTemplate,
      isMultiline: multiline,
      readOnly: latest.current.readOnly ?? false,
      placeholder,
      attributes: attributesOf(latest.current),
      scope: () => latest.current.scope ?? null,
      onChange: (changed) => {
        told.current.push(changed);
        latest.current.onChange(changed);
      },
      onFocus: () => latest.current.onFocus?.(),
      onBlur: () => latest.current.onBlur?.(),
    });
    editor.current = handle;
    handle.setFault(latest.current.fault ?? null);
    restoring.current ||= hadFocus;
    setMade((count) => count + 1);
    return () => {
      restoring.current = place.current?.contains(document.activeElement) ?? false;
      editor.current = null;
      handle.destroy();
    };
  }, [canMake, create, mode, isTemplate, multiline, placeholder, place, plain]);
  useLayoutEffect(() => {
    if (!restoring.current) return;
    restoring.current = false;
    editor.current?.focus();
  }, [made]);
  useEffect(() => {
    // What the editor has told comes back later, when more may have been typed: that is no change from outside.
    const at = told.current.indexOf(text);
    if (at >= 0) told.current.splice(0, at + 1);
    else {
      told.current = [];
      editor.current?.setText(text);
    }
  }, [text]);
  useEffect(() => editor.current?.setReadOnly(readOnly), [readOnly, made]);
  const attributes = JSON.stringify(attributesOf(props));
  useEffect(() => editor.current?.setAttributes(JSON.parse(attributes) as Record<string, string>), [attributes, made]);
  const mark = JSON.stringify(fault);
  useEffect(() => editor.current?.setFault(JSON.parse(mark) as typeof fault), [mark, made]);
  return { isReady, editor };
}

function attributesOf({ id, aria = {} }: CodeEditorProps): Record<string, string> {
  const named = Object.entries(aria).filter((pair): pair is [string, string | boolean] => pair[1] !== undefined);
  return { ...Object.fromEntries(named.map(([name, value]) => [name, String(value)])), ...(id ? { id } : {}) };
}
