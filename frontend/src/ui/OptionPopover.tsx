import { Popover as Radix } from "radix-ui";
import type { ReactElement } from "react";
import { OptionList, type OptionListProps } from "./OptionList";
import { useLayer } from "./useLayer";

export interface OptionPopoverProps extends OptionListProps {
  open: boolean;
  close: () => void;
  /** The field over the list; what it is given belongs on its outermost element, which has the class `combobox`. */
  field: (anchor: (element: Element | null) => void) => ReactElement;
}

/** A search field with its list box in a layer over the page. The focus stays in the field. */
export function OptionPopover({ open, close, field, ...list }: OptionPopoverProps) {
  const [layer, anchor] = useLayer();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && close()}>
      <Radix.Anchor asChild>{field(anchor)}</Radix.Anchor>
      <Radix.Portal container={layer}>
        <Radix.Content
          className="popover option-popover"
          role="presentation"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => isInField(event.target) && event.preventDefault()}
        >
          <OptionList {...list} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The field itself is outside of the list, but pressing it must not close the list that it just opened. */
function isInField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".combobox") !== null;
}
