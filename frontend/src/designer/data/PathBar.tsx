/** What can be done with the field that was chosen in the data: insert it, copy it. */
import { CornerDownLeft } from "lucide-react";
import { useCallback, useState, useSyncExternalStore } from "react";
import { copied } from "../../data-view/CellDetail";
import type { Path } from "../../data-view/tree-rows";
import type { Json } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";
import { toast } from "../../ui/Toast";
import { setDragged } from "../expressions/drag";
import { blockText, pathText } from "../expressions/path";
import { insertExpression, insertionTarget, subscribeTarget } from "./insertion";

export interface PathChoice {
  readonly show: (path: Path, value: Json) => void;
  readonly insert: (path: Path) => void;
  readonly drag: ((path: Path, data: DataTransfer) => void) | undefined;
}

export interface Chosen {
  readonly path: Path;
  readonly value: Json;
}

/** Fields of the data under a root, such as `$json`. */
export function usePathChoice(root: string, canDrag: boolean): { readonly choice: PathChoice; readonly chosen: Chosen | null } {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const show = useCallback((path: Path, value: Json) => setChosen({ path, value }), []);
  const insert = useCallback(
    (path: Path) => {
      if (!insertExpression(pathText(root, path))) toast(_("Put the cursor into a field first."), "info");
    },
    [root],
  );
  const drag = useCallback((path: Path, data: DataTransfer) => setDragged(data, pathText(root, path)), [root]);
  return { choice: { show, insert, drag: canDrag ? drag : undefined }, chosen };
}

interface PathBarProps extends Chosen {
  readonly root: string;
  readonly insert: (path: Path) => void;
}

export function PathBar({ root, path, value, insert }: PathBarProps) {
  return (
    <div className="path-bar" role="group" aria-label={_("Chosen field")}>
      <code className="path-bar-text">
        <bdi>{pathText(root, path)}</bdi>
      </code>
      <PathActions root={root} path={path} value={value} insert={insert} />
    </div>
  );
}

export function PathActions({ root, path, value, insert }: Omit<PathBarProps, "value"> & { readonly value?: Json }) {
  return (
    <>
      <InsertButton insert={() => insert(path)} />
      <CopyButton label={_("Copy path")} text={() => blockText(pathText(root, path))} />
      {value !== undefined && <CopyButton label={_("Copy value")} text={() => copied(value)} />}
    </>
  );
}

/** Only where there is a field that takes it. */
export function InsertButton({ insert }: { readonly insert: () => void }) {
  const hasTarget = useSyncExternalStore(subscribeTarget, () => insertionTarget() !== null);
  return hasTarget ? (
    <Button size="small" variant="ghost" icon={<CornerDownLeft size={13} aria-hidden="true" />} onClick={insert}>
      {_("Insert into the field")}
    </Button>
  ) : null;
}
