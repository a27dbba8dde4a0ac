/** A text too long for an editor: shown cut, and edited as plain text when asked for. */
import { useState } from "react";
import { _, number } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { useFieldControl } from "../../../ui/Field";
import { useForm } from "../form/form-context";
import type { Slot } from "../form/slot";

const LONG = 100 * 1024;
const SHOWN = 2_000;

export function isTooLong(text: string): boolean {
  return text.length > LONG;
}

export function LongText({ text, slot }: { readonly text: string; readonly slot: Slot }) {
  const { readOnly } = useForm();
  const [isEdited, setEdited] = useState(false);
  const control = useFieldControl();
  if (isEdited) return <textarea {...control} className="input mono" rows={12} spellCheck={false} readOnly={readOnly} value={text} onChange={(event) => slot.set(event.target.value)} />;
  return (
    <div className="long-text">
      <textarea {...control} className="input mono" rows={6} readOnly value={`${text.slice(0, SHOWN)}…`} />
      <p className="help">
        {_("{n} characters; the beginning is shown.", { n: number(text.length) })}
        {!readOnly && (
          <Button size="small" onClick={() => setEdited(true)}>
            {_("Edit as text")}
          </Button>
        )}
      </p>
    </div>
  );
}
