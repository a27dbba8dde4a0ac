/** The name of a step, edited where it stands. References to it follow. */
import { useAtomValue } from "jotai";
import { useState } from "react";
import { gestures, nameOf, type NodeState } from "../../doc";
import { _ } from "../../lib/i18n";
import { TextInput } from "../../ui/TextInput";
import { useEdit } from "../model/edit";
import { readOnlyAtom } from "../state/mode";

const LONGEST = 200;

export function NodeName({ node }: { readonly node: NodeState }) {
  const edit = useEdit();
  const readOnly = useAtomValue(readOnlyAtom);
  const [draft, setDraft] = useState<string | null>(null);
  const leave = () => {
    if (draft !== null) edit((state) => gestures.renameNode(state, node.id, draft), { label: _("Rename") });
    setDraft(null);
  };
  return (
    <TextInput
      className="node-name"
      aria-label={_("Name of the step")}
      maxLength={LONGEST}
      readOnly={readOnly}
      value={draft ?? nameOf(node)}
      onChange={setDraft}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape" && draft !== null) {
          // Only the typing ends, not the dialog around it.
          event.preventDefault();
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
