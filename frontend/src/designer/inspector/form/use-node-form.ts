/** The form of one node: its values come from the document, and go into it with every key. */
import { useAtomValue } from "jotai";
import { useCallback, useMemo, useState } from "react";
import { gestures, nameOf, type NodeState } from "../../../doc";
import { _ } from "../../../lib/i18n";
import type { NodeType } from "../../catalogue/catalogue";
import { previewSource, scopeSource } from "../../expressions/source";
import { useDesigner } from "../../model/designer";
import { useEdit } from "../../model/edit";
import { caughtUp } from "../../../document/settled";
import { shownRunAtom } from "../../runs/atoms";
import { useNodeFaults } from "../../state/faults";
import { readOnlyAtom } from "../../state/mode";
import type { Form } from "./form-context";
import { refusalOf } from "./hints";
import { placed } from "./paths";
import type { Write } from "./slot";

/** What expressions of a node see, and what they come to with the data of the run that is shown. */
export function useSources(node: string) {
  const designer = useDesigner();
  const { props, queries } = designer;
  const execution = useAtomValue(shownRunAtom)?.execution ?? null;
  return useMemo(() => {
    const place = { workflow: props.workflow.id, node, execution, ready: () => caughtUp(designer) };
    return { scope: scopeSource(queries, place), preview: previewSource(place) };
  }, [props.workflow.id, designer, queries, node, execution]);
}

export function useNodeForm(node: NodeState, type: NodeType): Form {
  const edit = useEdit();
  const readOnly = useAtomValue(readOnlyAtom);
  const found = useNodeFaults(node.id);
  const [refused, setRefused] = useState<Form["refused"]>(null);
  const sources = useSources(node.id);
  const { id } = node;
  const name = nameOf(node);
  const write = useCallback<Write>(
    (keys, value) => {
      const message = refusalOf(value);
      setRefused(message ? { keys, message } : null);
      if (message) return;
      edit((state) => gestures.setParameter(state, id, keys, value), { label: _("Change “{name}”", { name }), merge: `${id}/${keys.join("/")}` });
    },
    [edit, id, name],
  );
  const faults = useMemo(() => placed(found), [found]);
  return { node, type, readOnly, ...sources, faults, refused, write };
}
