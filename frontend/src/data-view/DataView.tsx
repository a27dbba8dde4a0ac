import { CopyButton } from "../ui/CopyButton";
import { Tabs } from "../ui/Tabs";
import { FileList } from "./FileList";
import { filesOf } from "./files";
import { itemTabs } from "./item-tabs";
import type { JsonObject } from "./rows";
import { useRemembered } from "./use-remembered";

export interface DataViewTexts {
  table: string;
  json: string;
  item: string;
  items: string;
  none: string;
  copy: string;
  no_fields: string;
}

export interface DataViewProps {
  label: string;
  items?: JsonObject[] | null;
  /** What the items hold of files, one entry for each item. */
  files?: (JsonObject | null)[] | undefined;
  texts: DataViewTexts;
}

const TABS = ["table", "json"] as const;

/** The items of a node's port on a page of the server, as a table and as JSON. */
export function DataView({ label, items, files, texts }: DataViewProps) {
  const [tab, setTab] = useRemembered("data-view", TABS, "table");
  if (!items || items.length === 0) return <p className="data-view nothing">{texts.none}</p>;
  const end = (
    <>
      <span className="count">
        {items.length} {items.length === 1 ? texts.item : texts.items}
      </span>
      <CopyButton label={texts.copy} words text={() => JSON.stringify(items, null, 2)} />
    </>
  );
  return (
    <section className="data-view" aria-label={label}>
      {files && <FileList files={filesOf(files.map((binary) => ({ binary })))} />}
      <Tabs label={label} value={tab} onChange={setTab} end={end} items={itemTabs({ label, rows: items, words: texts, table: { noFields: texts.no_fields } })} />
    </section>
  );
}
