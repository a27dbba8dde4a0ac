/** A note on paper, behind the cards. Double-click writes on it; its corner changes its size. */
import { NodeResizeControl, type NodeProps } from "@xyflow/react";
import { useAtom, useAtomValue } from "jotai";
import { memo } from "react";
import { gestures } from "../../doc";
import { _ } from "../../lib/i18n";
import { useLater } from "../../lib/later";
import { classes } from "../../ui/classes";
import { useEdit } from "../model/edit";
import { farAtom, writingAtom } from "../state/canvas";
import { readOnlyAtom } from "../state/mode";
import type { CardNode } from "./flow-nodes";
import { NoteText } from "./NoteText";

const loadMarkdown = () => import("../../ui/Markdown").then(({ Markdown }) => Markdown);
const LEAST = { minWidth: 96, minHeight: 64 };
const PAPERS = 7;

export const Note = memo(function Note({ id, data, selected }: NodeProps<CardNode>) {
  const { content, color } = (data.node["parameters"] ?? {}) as { content?: unknown; color?: unknown };
  const text = typeof content === "string" ? content : "";
  const paper = typeof color === "number" && color >= 1 && color <= PAPERS ? Math.trunc(color) : 1;
  const [writing, setWriting] = useAtom(writingAtom);
  const readOnly = useAtomValue(readOnlyAtom);
  const far = useAtomValue(farAtom);
  const edit = useEdit();
  const resized = (width: number, height: number): void => {
    const sizes = [["width", Math.round(width)], ["height", Math.round(height)]] as const;
    edit((state) => sizes.flatMap(([name, value]) => gestures.setParameter(state, id, [name], value)), { label: _("Change the size") });
  };
  if (far) return <div className={classes("note-node", `paper-${paper}`, selected && "selected")} />;
  return (
    <div className={classes("note-node", `paper-${paper}`, selected && "selected")}>
      {writing === id && !readOnly ? (
        <NoteText id={id} text={text} onDone={() => setWriting(null)} />
      ) : (
        <div className="note-words">{text.trim() === "" ? <p className="note-empty">{_("Double-click to write.")}</p> : <Words text={text} />}</div>
      )}
      {selected && !readOnly && <NodeResizeControl {...LEAST} position="bottom-right" className="note-corner" onResizeEnd={(_event, { width, height }) => resized(width, height)} />}
    </div>
  );
});

/** As it is written until it can be read as Markdown: a moment, or while there is no connection. */
function Words({ text }: { readonly text: string }) {
  const Markdown = useLater(loadMarkdown, true, () => {});
  return Markdown ? <Markdown text={text} topLevel={2} /> : <p className="note-plain">{text}</p>;
}
