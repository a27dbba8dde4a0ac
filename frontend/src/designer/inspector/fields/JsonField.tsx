/** A value of any kind, written as JSON. What cannot be read stays in the field until it can. */
import { useState } from "react";
import { same, type Json } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { ExpressionField } from "../../expressions/ExpressionField";
import { useForm } from "../form/form-context";
import { jsonText, readJson } from "../form/json-text";
import { defaultOf } from "../form/parameter";
import type { ControlProps } from "./Control";

export function JsonField({ parameter, slot, error }: ControlProps) {
  const { scope, readOnly } = useForm();
  const stored: Json = slot.value ?? defaultOf(parameter);
  const [draft, setDraft] = useState<{ readonly text: string; readonly value: Json; readonly problem: string } | null>(null);
  // What somebody else has written meanwhile wins over spaces and lines of one's own.
  const own = draft && same(draft.value, stored) ? draft : null;
  const change = (text: string) => {
    const read = readJson(text);
    if ("problem" in read) return setDraft({ text, value: stored, problem: read.problem });
    setDraft({ text, value: read.value ?? defaultOf(parameter), problem: "" });
    slot.set(read.value);
  };
  const problem = own?.problem ? _("This is no JSON yet: {problem}", { problem: own.problem }) : error;
  return (
    <>
      <ExpressionField value={own?.text ?? jsonText(stored)} onChange={change} mode="json" multiline scope={parameter.supports_expressions ? scope : null} readOnly={readOnly} placeholder={parameter.placeholder} error={problem ? { message: problem } : null} title={parameter.display_name} />
      {own?.problem && <p className="parameter-problem">{problem}</p>}
    </>
  );
}
