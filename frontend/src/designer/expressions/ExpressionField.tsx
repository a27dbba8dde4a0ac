/** A field for a value that may be an expression, with completion, a live result and a bigger editor. */
import { Maximize2 } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { _ } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { useFieldControl } from "../../ui/Field";
import { forgetTarget, rememberTarget, type InsertionTarget } from "../data/insertion";
import { CodeEditor, type CodeEditorHandle } from "./CodeEditor";
import type { EditorFault, EditorMode } from "./editor/options";
import { FixedField } from "./FixedField";
import { hasBlocks } from "./insert";
import { isExpression, templateText, templateValue } from "./mode";
import { faultOf, Preview } from "./Preview";
import type { PreviewSource, ScopeSource } from "./types";
import { usePreview } from "./use-preview";
import "./expressions.css";

const EditorDialog = lazy(() => import("./EditorDialog"));

export interface ExpressionFieldProps {
  id?: string | undefined;
  /** The parameter as it is stored: a template begins with `=`. */
  value: string;
  /** The parameter as it is to be stored; with a `=` at its front when the field is an expression. */
  onChange: (value: string) => void;
  onBlur?: (() => void) | undefined;
  placeholder?: string | undefined;
  multiline?: boolean | undefined;
  "aria-label"?: string | undefined;
  "aria-labelledby"?: string | undefined;
  "aria-describedby"?: string | undefined;
  readOnly?: boolean | undefined;
  /**
   * The language. `template` is text with blocks, `text` a fixed value. In `sql`, `json`, `html` and `markdown` a value
   * that begins with `=` has blocks too.
   */
  mode: EditorMode;
  /** What expressions can see; null where the parameter takes none: then nothing can be dropped on it either. */
  scope: ScopeSource | null;
  /** Where results come from; without it none is shown. */
  preview?: PreviewSource | null | undefined;
  error?: EditorFault | null | undefined;
  /** Names the bigger editor. */
  title?: string | undefined;
}

export function ExpressionField(props: ExpressionFieldProps) {
  const { value, onChange, mode, scope, preview = null, readOnly = false, multiline = false } = props;
  const isTemplate = hasBlocks(mode, value);
  const [isBig, setBig] = useState(false);
  const field = useRef<CodeEditorHandle>(null);
  const control = useFieldControl(idsOf(props));
  const target = useTarget(field);
  const result = usePreview(isTemplate && !isBig ? preview : null, value);
  const change = useCallback((text: string) => onChange(isTemplate ? templateValue(text) : text), [onChange, isTemplate]);
  const shared = { ...control, placeholder: props.placeholder, readOnly, onBlur: props.onBlur };
  // Whoever writes a "=" at the front goes on writing in the editor that takes the field's place.
  const follow = useRef(false);
  const changeFixed = (next: string): void => {
    follow.current = isExpression(next);
    onChange(next);
  };
  if (mode === "text" && !isTemplate) return <FixedField {...shared} value={value} onChange={changeFixed} multiline={multiline} acceptsExpressions={scope !== null} />;
  const { id, ...aria } = control;
  const isCode = mode !== "template" && mode !== "text";
  return (
    <div className="expression-field">
      <div className="expression-box" data-invalid={props.error ? true : undefined} data-read-only={readOnly || undefined}>
        {isTemplate && (
          <span className="expression-mark" aria-hidden="true">
            fx
          </span>
        )}
        <CodeEditor
          ref={field}
          id={id}
          aria={{ ...aria, "aria-multiline": multiline || isCode }}
          text={isTemplate ? templateText(value) : value}
          onChange={change}
          onFocus={() => rememberTarget(target)}
          onBlur={props.onBlur}
          mode={mode}
          isTemplate={isTemplate}
          multiline={multiline || isCode}
          readOnly={readOnly}
          placeholder={props.placeholder}
          scope={scope}
          autoFocus={follow.current}
          fault={props.error ?? faultOf(result)}
        />
        <IconButton className="expression-expand" size="small" icon={<Maximize2 size={13} aria-hidden="true" />} label={_("Open in a bigger editor")} tooltip={false} onClick={() => setBig(true)} />
      </div>
      {isTemplate && preview && <Preview result={result} />}
      {isBig && (
        <Suspense>
          <EditorDialog {...props} onClose={() => setBig(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Tells the data panels where to insert: into the field that had the focus last. */
function useTarget(field: React.RefObject<CodeEditorHandle | null>): InsertionTarget {
  const [target] = useState<InsertionTarget>(() => ({ insert: (expression) => field.current?.insert(expression) }));
  useEffect(() => () => forgetTarget(target), [target]);
  return target;
}

function idsOf(props: ExpressionFieldProps) {
  const { id, "aria-label": label, "aria-labelledby": labelled, "aria-describedby": described, error } = props;
  return { id, "aria-label": label, "aria-labelledby": labelled, "aria-describedby": described, "aria-invalid": error ? (true as const) : undefined };
}
