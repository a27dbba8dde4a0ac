/** Files of items: what an item holds of one is its name, type and size; the bytes are fetched when somebody wants them. Pure. */
import { isObject, type Json } from "../doc/json";
import { _n, language } from "../lib/i18n";

export interface ItemFile {
  /** Position of the item among all, from 0. */
  readonly item: number;
  /** Under which name the item has it. */
  readonly property: string;
  readonly name: string;
  readonly type: string;
  /** In bytes; null where it is not known. */
  readonly size: number | null;
  /** Where it is fetched; empty for what is not stored, as examples of a dry run. */
  readonly url: string;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** A larger picture is fetched only by whoever wants it. */
const MOST_FOR_PICTURE = 1_000_000;
const STEP = 1_000;

interface HasFiles {
  readonly binary?: Json | undefined;
}

/** The files of all items, in their order. */
export function filesOf(items: readonly HasFiles[]): readonly ItemFile[] {
  return items.flatMap(({ binary }, item) => (isObject(binary) ? Object.entries(binary).map(([property, entry]) => fileOf(item, property, entry)) : []));
}

function fileOf(item: number, property: string, entry: Json): ItemFile {
  const found = isObject(entry) ? entry : {};
  const name = textOf(found["file_name"]) || textOf(found["fileName"]) || property;
  const type = textOf(found["media_type"]) || textOf(found["mimeType"]);
  const id = textOf(found["id"]);
  const size = typeof found["size"] === "number" ? found["size"] : null;
  return { item, property, name, type, size, url: ID.test(id) ? `/api/v1/files/${id}/?${new URLSearchParams({ name, type })}` : "" };
}

/** Whether a small picture of it can stand beside its name. */
export function hasPicture({ type, size, url }: ItemFile): boolean {
  return url !== "" && SHOWN.has(type) && size !== null && size <= MOST_FOR_PICTURE;
}

/** “12 bytes”, “3.4 kB”. */
export function sizeWords(bytes: number): string {
  if (bytes < STEP) return _n("{n} byte", "{n} bytes", bytes);
  const units = ["kilobyte", "megabyte", "gigabyte", "terabyte"];
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(STEP)), units.length);
  const format = new Intl.NumberFormat(language(), { style: "unit", unit: units[power - 1], maximumFractionDigits: 1 });
  return format.format(bytes / STEP ** power);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
