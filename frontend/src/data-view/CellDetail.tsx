/** The whole value of a cell, with what can be done with it. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { isList, isObject, type Json } from "../doc/json";
import { _ } from "../lib/i18n";
import { IconButton } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { JsonTree } from "./JsonTree";
import { plainText } from "./rows";
import { membersOf } from "./tree-rows";

/** Longer texts are for the JSON file. */
const MAX_TEXT = 20_000;

export interface CellDetailProps {
  readonly path: readonly (string | number)[];
  readonly value: Json;
  readonly actions?: ((path: readonly (string | number)[], value: Json) => ReactNode) | undefined;
  readonly close: () => void;
}

export function CellDetail({ path, value, actions, close }: CellDetailProps) {
  const name = plainText(String(path.at(-1) ?? ""));
  const isDeep = isList(value) || isObject(value);
  const members = isDeep ? membersOf(value) : [];
  return (
    <section className="cell-detail" aria-label={name}>
      <div className="cell-detail-head">
        <bdi className="cell-detail-name">{name}</bdi>
        {actions?.(path, value)}
        <CopyButton label={_("Copy value")} text={() => copied(value)} />
        <IconButton size="small" icon={<X size={14} aria-hidden="true" />} label={_("Close")} tooltip={false} onClick={close} />
      </div>
      {members.length > 0 ? (
        <JsonTree label={name} values={members.map((member) => member[1])} names={members.map((member) => member[0])} levels={1} />
      ) : (
        <pre className="cell-detail-text" tabIndex={0} dir="auto">
          {shownText(value)}
        </pre>
      )}
    </section>
  );
}

/** What is copied: texts as they are, all else as JSON. */
export function copied(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function shownText(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return plainText(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
}
