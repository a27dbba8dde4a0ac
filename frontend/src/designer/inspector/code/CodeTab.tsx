/** A step as JSON: what is stored of it, to be read and changed as a whole. */
import { useAtomValue } from "jotai";
import { useState } from "react";
import { nameOf, type Json, type NodeState } from "../../../doc";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { CopyButton } from "../../../ui/CopyButton";
import { jsonFault, positionAt } from "../../data/json-fault";
import { CodeEditor } from "../../expressions/CodeEditor";
import { useDesigner } from "../../model/designer";
import { useEdit } from "../../model/edit";
import { readOnlyAtom } from "../../state/mode";
import { isTooLong, LongCode } from "./LongCode";
import { nodeDrafts } from "./node-drafts";

export function CodeTab({ node }: { readonly node: NodeState }) {
  const stored = JSON.stringify(node, null, 2);
  return isTooLong(stored) ? <LongCode text={stored} /> : <Editor node={node} stored={stored} />;
}

interface Draft {
  readonly text: string;
  /** What was stored when the typing began. */
  readonly from: string;
}

interface Problem {
  readonly message: string;
  readonly position?: { readonly line: number; readonly column: number };
}

function Editor({ node, stored }: { readonly node: NodeState; readonly stored: string }) {
  const { store } = useDesigner().document;
  const edit = useEdit();
  const readOnly = useAtomValue(readOnlyAtom);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = (text: string) => {
    setProblem(null);
    setDraft(text === stored ? null : { text, from: draft?.from ?? stored });
  };
  const discard = () => {
    setProblem(null);
    setDraft(null);
  };
  const apply = () => {
    if (!draft) return;
    const read = parsed(draft.text);
    if ("message" in read) return setProblem(read);
    const made = nodeDrafts(store.state(), node, read.value);
    if ("problem" in made) return setProblem({ message: made.problem });
    const done = made.drafts.length === 0 || edit(() => made.drafts, { label: _("Change “{name}”", { name: nameOf(node) }) });
    if (done) discard();
  };
  const isStale = draft !== null && draft.from !== stored;
  return (
    <div className="code-tab">
      <CodeEditor text={draft?.text ?? stored} onChange={change} mode="json" multiline readOnly={readOnly} fault={problem} aria={{ "aria-label": _("The step as JSON"), "aria-invalid": problem !== null }} />
      {isStale && <p className="parameter-problem">{_("The step has changed meanwhile. Applying puts what stands here in its place.")}</p>}
      {problem && (
        <p className="parameter-problem" role="alert">
          {problem.message}
        </p>
      )}
      <div className="code-actions">
        <CopyButton text={draft?.text ?? stored} />
        {!readOnly && (
          <>
            <Button size="small" variant="ghost" disabled={!draft} onClick={discard}>
              {_("Discard")}
            </Button>
            <Button size="small" disabled={!draft} onClick={apply}>
              {_("Apply")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function parsed(text: string): { readonly value: Json } | Problem {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    const position = positionAt(text, jsonFault(text) ?? text.length);
    return { message: _("This is no JSON: see line {line}.", { line: position.line }), position };
  }
}
