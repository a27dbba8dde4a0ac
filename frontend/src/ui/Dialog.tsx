import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { _ } from "../lib/i18n";
import { IconButton } from "./Button";
import { classes } from "./classes";
import { useFocusReturn } from "./useFocusReturn";
import "./dialog.css";

export interface DialogProps {
  open: boolean;
  title: ReactNode;
  /** One sentence under the title; it is read out with it. */
  description?: ReactNode;
  /** s: a question; m: a form; l: a list with a preview; full: an editor. */
  size?: "s" | "m" | "l" | "full" | undefined;
  /** Buttons, the primary last. */
  footer?: ReactNode;
  /** By Escape, the cross, or a press outside. */
  onClose: () => void;
  /** What takes the focus first; the first field by default. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** An open form with changes: a press outside does not close it. */
  keepOpen?: boolean | undefined;
  className?: string | undefined;
  children?: ReactNode;
}

/** A modal dialog. The focus stays inside, and goes back to where it was. */
export function Dialog({ open, title, description, size = "m", footer, onClose, initialFocus, keepOpen, className, children }: DialogProps) {
  const focus = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-veil" />
        <Radix.Content
          className={classes("dialog-window", `size-${size}`, className)}
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={(event) => (focus.remember(), focusFirst(event, initialFocus?.current))}
          onCloseAutoFocus={(event) => (event.preventDefault(), focus.giveBack())}
          onInteractOutside={(event) => (keepOpen || isToast(event.target)) && event.preventDefault()}
        >
          <div className="dialog-head">
            <Radix.Title asChild>
              <h2>{title}</h2>
            </Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={<X size={16} />} label={_("Close")} size="small" tooltip={false} />
            </Radix.Close>
          </div>
          <div className="dialog-body">
            {description && <Radix.Description className="dialog-lead">{description}</Radix.Description>}
            {children}
          </div>
          {footer && <div className="dialog-foot dialog-actions">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The first field rather than the cross, which comes first in the document. */
function focusFirst(event: Event, wanted: HTMLElement | null | undefined): void {
  const content = event.currentTarget as HTMLElement;
  const first =
    wanted ??
    content.querySelector<HTMLElement>("[autofocus], [data-autofocus]") ??
    content.querySelector<HTMLElement>(".dialog-body :is(input, textarea, select, [contenteditable=true]):not(:disabled)") ??
    content.querySelector<HTMLElement>(".dialog-foot .button:last-of-type");
  if (!first) return;
  event.preventDefault();
  first.focus();
}

/** Toasts lie above dialogs; pressing one is no wish to leave. */
function isToast(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".toasts") !== null;
}
