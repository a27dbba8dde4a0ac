/** A value as JSON; what is no JSON yet stays a text until it is. */
import { useState } from "react";
import { same, type Json } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { Field, useFieldControl } from "../../ui/Field";
import { jsonFault, positionAt } from "../data/json-fault";
import { CodeEditor } from "../expressions/CodeEditor";

interface Props {
  readonly label: string;
  readonly help?: string;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  /** Hears when the text becomes JSON or stops being it. */
  readonly onFault: (isFaulty: boolean) => void;
  readonly readOnly: boolean;
  /** What is wrong with a value that is JSON; empty when it is right. */
  readonly check?: (value: Json) => string;
}

export function JsonBox(props: Props) {
  const { label, help, value, onChange, onFault, check } = props;
  const [draft, setDraft] = useState<{ readonly text: string; readonly value: Json } | null>(null);
  const [problem, setProblem] = useState("");
  const own = draft && same(draft.value, value) ? draft : null;
  const change = (text: string): void => {
    const read = readText(text, check);
    setProblem(read.problem);
    setDraft({ text, value: read.problem ? value : read.value });
    onFault(read.problem !== "");
    if (!read.problem) onChange(read.value);
  };
  return (
    <Field label={label} help={help} error={problem}>
      <Editor {...props} text={own?.text ?? JSON.stringify(value, null, 2)} change={change} isFaulty={problem !== ""} />
    </Field>
  );
}

function Editor({ text, change, isFaulty, readOnly }: Props & { readonly text: string; readonly change: (text: string) => void; readonly isFaulty: boolean }) {
  const { id, ...aria } = useFieldControl();
  return (
    <div className="case-json" data-invalid={isFaulty || undefined}>
      <CodeEditor id={id} text={text} onChange={change} mode="json" multiline readOnly={readOnly} aria={{ ...aria, "aria-multiline": true }} />
    </div>
  );
}

function readText(text: string, check: Props["check"]): { readonly value: Json; readonly problem: string } {
  try {
    const value = JSON.parse(text) as Json;
    return { value, problem: check?.(value) ?? "" };
  } catch {
    return { value: null, problem: _("This is no JSON: see line {line}.", { line: positionAt(text, jsonFault(text) ?? text.length).line }) };
  }
}
