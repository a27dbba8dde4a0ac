/** An expression in full size: what it can use, the text, and what it comes to for several items. */
import { useEffect, useRef, useState } from "react";
import { _ } from "../../lib/i18n";
import { Dialog } from "../../ui/Dialog";
import { Disclosure } from "../../ui/Disclosure";
import { Spinner } from "../../ui/Spinner";
import { forgetTarget, rememberTarget, type InsertionTarget } from "../data/insertion";
import { PathBar, usePathChoice } from "../data/PathBar";
import { Schema } from "../data/Schema";
import { CodeEditor, type CodeEditorHandle } from "./CodeEditor";
import type { ExpressionFieldProps } from "./ExpressionField";
import { hasBlocks } from "./insert";
import { templateText, templateValue } from "./mode";
import { rootOf } from "./path";
import { faultOf, Result } from "./Preview";
import type { Scope } from "./types";
import { usePreview } from "./use-preview";
import "./expressions.css";

const SHOWN = 10;

export default function EditorDialog(props: ExpressionFieldProps & { readonly onClose: () => void }) {
  const { value, onChange, mode, readOnly = false, onClose } = props;
  const isTemplate = hasBlocks(mode, value);
  const [editor, setEditor] = useState<CodeEditorHandle | null>(null);
  const target = useRef<InsertionTarget>(null);
  useEffect(() => {
    if (!editor) return;
    const own: InsertionTarget = { insert: (expression) => editor.insert(expression) };
    target.current = own;
    rememberTarget(own);
    editor.focus();
    return () => forgetTarget(own);
  }, [editor]);
  const preview = isTemplate ? (props.preview ?? null) : null;
  const result = usePreview(preview, value, SHOWN);
  const title = props.title ?? (isTemplate ? _("Expression") : _("Code"));
  return (
    <Dialog open title={title} size="full" className="expression-dialog" onClose={onClose} keepOpen>
      <section className="expression-pane" aria-label={_("Data")}>
        <h3>{_("Data")}</h3>
        <ScopeTree {...props} />
      </section>
      <section className="expression-pane is-editor" aria-label={title}>
        <CodeEditor
          ref={setEditor}
          aria={{ "aria-label": title, "aria-multiline": true }}
          text={isTemplate ? templateText(value) : value}
          onChange={(text) => onChange(isTemplate ? templateValue(text) : text)}
          onFocus={() => target.current && rememberTarget(target.current)}
          mode={mode}
          isTemplate={isTemplate}
          multiline
          readOnly={readOnly}
          placeholder={props.placeholder}
          scope={props.scope}
          fault={props.error ?? faultOf(result)}
        />
      </section>
      <section className="expression-pane" aria-label={_("Result")}>
        <h3>{_("Result")}</h3>
        {preview ? <Results result={result} /> : <p className="preview-none">{_("Results show where the text is an expression.")}</p>}
      </section>
    </Dialog>
  );
}

function Results({ result: { answer, refusal, isStale } }: { readonly result: ReturnType<typeof usePreview> }) {
  if (refusal) return <p className="preview-error">{refusal}</p>;
  if (!answer) return <Spinner />;
  const rest = answer.count - answer.items.length;
  return (
    <>
      {!answer.source && <p className="preview-none">{_("No data yet: run the workflow once, or pin data.")}</p>}
      <ol className={isStale ? "expression-results preview is-stale" : "expression-results"}>
        {answer.items.map((item) => (
          <li key={item.item}>
            <span className="preview-index">{item.item + 1}</span>
            <Result item={item} />
          </li>
        ))}
      </ol>
      {rest > 0 && <p className="preview-none">{_("… and {n} more", { n: rest })}</p>}
    </>
  );
}

/** The own input first, then the nodes before. */
function ScopeTree({ scope: source }: ExpressionFieldProps) {
  const [scope, setScope] = useState<Scope | string | null>(null);
  useEffect(() => {
    let gone = false;
    source?.scope().then(
      (found) => gone || setScope(found),
      (fault: unknown) => gone || setScope(fault instanceof Error ? fault.message : String(fault)),
    );
    return () => void (gone = true);
  }, [source]);
  if (!source) return <p className="preview-none">{_("This field takes no data.")}</p>;
  if (scope === null) return <Spinner />;
  if (typeof scope === "string") return <p className="preview-error">{scope}</p>;
  const input = scope.roots.find((root) => root.name === "$json")?.sample;
  return (
    <>
      <Part label={_("Input")} root="$json" sample={input} isFirst />
      {scope.nodes.map((node) => (
        <Part key={node.id} label={node.name} root={rootOf(node.name, false)} sample={node.sample} />
      ))}
    </>
  );
}

interface PartProps {
  readonly label: string;
  readonly root: string;
  readonly sample: Scope["roots"][number]["sample"];
  readonly isFirst?: boolean;
}

function Part({ label, root, sample, isFirst = false }: PartProps) {
  const { choice, chosen } = usePathChoice(root, true);
  const [items] = useState(() => (sample === undefined ? [] : [sample]));
  return (
    <Disclosure label={<bdi>{label}</bdi>} defaultOpen={isFirst}>
      {items.length > 0 ? <Schema label={label} items={items} choice={choice} /> : <p className="preview-none">{_("No data yet.")}</p>}
      {chosen && <PathBar root={root} {...chosen} insert={choice.insert} />}
    </Disclosure>
  );
}
