import { TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { FileList } from "../../data-view/FileList";
import { filesOf } from "../../data-view/files";
import { cellText } from "../../data-view/rows";
import { isObject } from "../../doc/json";
import { _n } from "../../lib/i18n";
import type { DataItem } from "./types";

/** What items have beside their data: errors and files. */
export function Notes({ items }: { readonly items: readonly DataItem[] }) {
  const failed = items.filter((item) => item.error !== undefined && item.error !== null);
  const files = useMemo(() => filesOf(items), [items]);
  return (
    <>
      {failed[0] && (
        <p className="data-note is-error">
          <TriangleAlert size={13} aria-hidden="true" /> {_n("{n} item failed:", "{n} items failed, the first:", failed.length)} <bdi>{errorText(failed[0])}</bdi>
        </p>
      )}
      <FileList files={files} />
    </>
  );
}

function errorText({ error }: DataItem): string {
  return cellText(isObject(error) && typeof error.message === "string" ? error.message : error);
}
