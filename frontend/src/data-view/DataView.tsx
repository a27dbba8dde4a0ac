import { CopyButton } from "../ui/CopyButton";
import { Tabs } from "../ui/Tabs";
import { ItemTable } from "./ItemTable";
import { JsonTree } from "./JsonTree";
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
  texts: DataViewTexts;
}

const TABS = ["table", "json"] as const;

/** The items of a node's port on a page of the server, as a table and as JSON. */
export function DataView({ label, items, texts }: DataViewProps) {
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
      <Tabs
        label={label}
        value={tab}
        onChange={setTab}
        end={end}
        items={[
          { id: "table", label: texts.table, content: <ItemTable label={label} rows={items} noFields={texts.no_fields} /> },
          { id: "json", label: texts.json, content: <JsonTree label={label} values={items} names={items.map((_item, at) => at + 1)} /> },
        ]}
      />
    </section>
  );
}
