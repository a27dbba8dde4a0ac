/** The paper of a note: seven colours to choose from by looking at them. */
import { _ } from "../../../lib/i18n";
import { Segmented } from "../../../ui/Segmented";
import { useForm } from "../form/form-context";
import { defaultOf } from "../form/parameter";
import type { ControlProps } from "./Control";

const PAPERS: readonly (() => string)[] = [() => _("Amber"), () => _("Sand"), () => _("Red"), () => _("Green"), () => _("Blue"), () => _("Violet"), () => _("Grey")];

export function PaperField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  return (
    <Segmented
      className="papers"
      value={String(slot.value ?? defaultOf(parameter))}
      onChange={(paper) => slot.set(Number(paper))}
      options={PAPERS.map((name, at) => ({ value: String(at + 1), label: <span className={`note-node paper-${at + 1}`} />, name: name(), disabled: readOnly }))}
    />
  );
}
