/** The name of a node, typed where it stands. Enter keeps it, Escape does not, and so does leaving it. */
import { useRef, type KeyboardEvent } from "react";
import { gestures } from "../../doc";
import { _ } from "../../lib/i18n";
import { useEdit } from "../model/edit";
import { cardElement } from "./reveal";

export function NameField({ id, name, onDone }: { readonly id: string; readonly name: string; readonly onDone: () => void }) {
  const edit = useEdit();
  const isOver = useRef(false);
  const end = (text: string | null, focusCard: boolean): void => {
    if (isOver.current) return;
    isOver.current = true;
    if (text !== null && text.trim() !== "" && text !== name) edit((state) => gestures.renameNode(state, id, text), { label: _("Rename") });
    onDone();
    if (focusCard) cardElement(id)?.focus({ preventScroll: true });
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.nativeEvent.isComposing) end(event.currentTarget.value, true);
    else if (event.key === "Escape") end(null, true);
  };
  return (
    <input
      className="card-rename nodrag nopan"
      aria-label={_("Name")}
      defaultValue={name}
      maxLength={200}
      ref={(field) => {
        if (!field || document.activeElement === field) return;
        field.focus({ preventScroll: true });
        field.select();
      }}
      onKeyDown={press}
      onBlur={(event) => end(event.currentTarget.value, false)}
    />
  );
}
