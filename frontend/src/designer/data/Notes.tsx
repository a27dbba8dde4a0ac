import { File, TriangleAlert } from "lucide-react";
import { isObject } from "../../doc/json";
import { _n } from "../../lib/i18n";
import { cellText } from "../../data-view/rows";
import type { DataItem } from "./types";

const MAX_FILES = 5;

/** What items have beside their data: errors and files. */
export function Notes({ items }: { readonly items: readonly DataItem[] }) {
  const failed = items.filter((item) => item.error !== undefined && item.error !== null);
  const withFiles = items.filter((item) => item.binary && Object.keys(item.binary).length > 0);
  return (
    <>
      {failed[0] && (
        <p className="data-note is-error">
          <TriangleAlert size={13} aria-hidden="true" /> {_n("{n} item failed:", "{n} items failed, the first:", failed.length)} <bdi>{errorText(failed[0])}</bdi>
        </p>
      )}
      {withFiles.length > 0 && (
        <p className="data-note">
          <File size={13} aria-hidden="true" /> {_n("{n} item has files:", "{n} items have files:", withFiles.length)} <bdi>{fileNames(withFiles)}</bdi>
        </p>
      )}
    </>
  );
}

function errorText({ error }: DataItem): string {
  return cellText(isObject(error) && typeof error.message === "string" ? error.message : error);
}

function fileNames(items: readonly DataItem[]): string {
  const names = items.slice(0, MAX_FILES).flatMap((item) => Object.entries(item.binary ?? {}).map(([key, file]) => nameOf(key, file)));
  return cellText(names.slice(0, MAX_FILES).join(", "));
}

function nameOf(key: string, file: unknown): string {
  const name = isObject(file) ? (file.file_name ?? file.fileName) : null;
  return typeof name === "string" && name ? name : key;
}
