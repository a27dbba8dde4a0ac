import type { ReactNode } from "react";
import { SymbolIcon } from "./SymbolIcon";
import { classes } from "./classes";
import "./small.css";

export type TileKind = "trigger" | "http" | "logic" | "data" | "ai";

export interface TileProps {
  /** The tint; any other word is grey. */
  kind?: TileKind | (string & {}) | undefined;
  /** A name of the sprite, or an element. */
  icon: string | Exclude<ReactNode, string>;
  size?: "small" | "medium" | "large" | undefined;
  className?: string | undefined;
}

const ICON_SIZES = { small: 13, medium: 16, large: 20 };

/** An icon on a tinted square: what kind of thing this is. */
export function Tile({ kind, icon, size = "medium", className }: TileProps) {
  return (
    <span className={classes("tile", kind, size !== "medium" && `tile-${size}`, className)} aria-hidden="true">
      {typeof icon === "string" ? <SymbolIcon name={icon} size={ICON_SIZES[size]} /> : icon}
    </span>
  );
}
