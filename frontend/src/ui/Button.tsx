import type { ComponentProps, ReactNode } from "react";
import { ariaKeys } from "./Kbd";
import { Tooltip } from "./Tooltip";
import { classes } from "./classes";

export type ButtonVariant = "plain" | "primary" | "ghost" | "danger" | "danger-solid";
export type ButtonSize = "medium" | "small";

interface Common extends Omit<ComponentProps<"button">, "children"> {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Turns until the work is done; another press does nothing meanwhile. */
  busy?: boolean | undefined;
  /** The shortcut that does the same, as `Mod+S`: said to screen readers and shown in the tooltip. */
  keys?: string | undefined;
}

export interface ButtonProps extends Common {
  icon?: ReactNode;
  children: ReactNode;
}

export interface IconButtonProps extends Common {
  icon: ReactNode;
  /** What it does: its name for screen readers and its tooltip. */
  label: string;
  /** Whether the label appears under the pointer; not where it stands beside the button already. */
  tooltip?: boolean | undefined;
}

/** A button with words; at most one `primary` on a screen. */
export function Button({ icon, children, ...rest }: ButtonProps) {
  return (
    <Base {...rest}>
      {icon}
      {children}
    </Base>
  );
}

/** A button that shows only an icon; its label is required. */
export function IconButton({ icon, label, tooltip = true, className, variant = "ghost", ...rest }: IconButtonProps) {
  const button = (
    <Base {...rest} variant={variant} className={classes("icon", className)} aria-label={label}>
      {icon}
    </Base>
  );
  return tooltip ? (
    <Tooltip text={label} keys={rest.keys}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}

function Base({ variant = "plain", size = "medium", busy, keys, className, onClick, ...rest }: Common & { children?: ReactNode }) {
  return (
    <button
      type="button"
      {...rest}
      className={classes("button", variant === "danger-solid" ? "danger solid" : variant, size === "small" && "small", className)}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys ? ariaKeys(keys) : undefined}
      onClick={busy ? undefined : onClick}
    />
  );
}
