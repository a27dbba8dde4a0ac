/** The menu of a step for pointers and fingers; the keyboard has Shift+F10 and the shortcuts. */
import { Ellipsis } from "lucide-react";
import { useSetAtom } from "jotai";
import { _ } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { Menu } from "../../ui/Menu";
import { selectionAtom, selectionOf } from "../state/selection";
import { useStepMenu } from "./step-menu";

export function StepActions({ id }: { readonly id: string }) {
  const select = useSetAtom(selectionAtom);
  const menuOf = useStepMenu();
  return (
    <Menu
      items={menuOf(id)}
      onOpenChange={(isOpen) => isOpen && select(selectionOf([id]))}
      trigger={<IconButton icon={<Ellipsis size={14} />} label={_("Actions")} size="small" variant="ghost" tooltip={false} tabIndex={-1} onClick={(event) => event.stopPropagation()} />}
    />
  );
}
