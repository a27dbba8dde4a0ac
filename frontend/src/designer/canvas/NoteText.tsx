/** The text of a note while it is typed; kept when it is left. */
import { useEffect, useRef, type KeyboardEvent } from "react";
import { gestures } from "../../doc";
import { _ } from "../../lib/i18n";
import { useEdit } from "../model/edit";
import { cardElement } from "./reveal";

export function NoteText({ id, text, onDone }: { readonly id: string; readonly text: string; readonly onDone: () => void }) {
  const edit = useEdit();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const area = field.current;
    // After the card, which takes the focus when the note is new.
    const frame = requestAnimationFrame(() => (area?.focus({ preventScroll: true }), area?.setSelectionRange(area.value.length, area.value.length)));
    return () => cancelAnimationFrame(frame);
  }, []);
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    event.stopPropagation();
    if (event.key !== "Escape" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    cardElement(id)?.focus({ preventScroll: true });
  };
  const keep = (value: string): void => {
    if (value !== text) edit((state) => gestures.setParameter(state, id, ["content"], value), { label: _("Change the note") });
    onDone();
  };
  return (
    <textarea
      ref={field}
      className="note-text nodrag nopan nowheel"
      aria-label={_("Text of the note, in Markdown")}
      placeholder={_("## Heading\n**bold**, *italic*, `code`, - lists, [links](https://…)")}
      defaultValue={text}
      maxLength={50_000}
      onKeyDown={press}
      onBlur={(event) => keep(event.currentTarget.value)}
    />
  );
}
