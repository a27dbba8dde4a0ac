import type { ReactNode } from "react";
import { classes } from "./classes";
import { lookOf } from "./looks";

/** A status with its colour, its sign and its word: colour is never the only sign. */
export function Pill({ status, label }: { status: string; label?: ReactNode }) {
  const look = lookOf(status);
  const Icon = look.icon;
  return (
    <span className={classes("pill", look.css)}>
      <Icon size={12} aria-hidden="true" />
      {label ?? look.label()}
    </span>
  );
}
