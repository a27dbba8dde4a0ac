/** What went into a node or came out of it: as a schema, a table and JSON. */
import { useState, type ReactNode } from "react";
import { itemTabs } from "../../data-view/item-tabs";
import { useRemembered } from "../../data-view/use-remembered";
import { _ } from "../../lib/i18n";
import { EmptyState } from "../../ui/EmptyState";
import { Tabs } from "../../ui/Tabs";
import { rootOf } from "../expressions/path";
import { DataHead } from "./DataHead";
import { Notes } from "./Notes";
import { PathActions, PathBar, usePathChoice } from "./PathBar";
import { PinnedEditor } from "./PinnedEditor";
import { Schema } from "./Schema";
import type { DataItem, DataPort, DataRun } from "./types";
import { useFoundItems, type FoundItems } from "./use-items";
import "./data.css";

export interface DataPanelProps {
  /** Each time that the node ran; the last is shown first. */
  readonly runs: readonly DataRun[];
  /** Ports to choose from; `runs` are those of `port`. */
  readonly ports?: readonly DataPort[] | undefined;
  readonly port?: string | undefined;
  readonly onPort?: ((port: string) => void) | undefined;
  readonly title: string;
  readonly emptyText: string;
  /** Stands under the words of the empty panel: a button that runs, for one. */
  readonly emptyActions?: React.ReactNode;
  /** Pins what is shown. */
  readonly onPin?: ((items: readonly DataItem[]) => void) | undefined;
  readonly onUnpin?: (() => void) | undefined;
  /** Whether what is shown is pinned. */
  readonly pinned?: boolean | undefined;
  /** With it the data can be edited as JSON. */
  readonly onSavePinned?: ((items: readonly DataItem[]) => void) | undefined;
  readonly draggable?: boolean | undefined;
  /** The node that put these data out. */
  readonly nodeName?: string | undefined;
  /** The node whose own input these data are: to it they are `$json`, not `$('Name')`. */
  readonly isInputOf?: string | undefined;
}

const TABS = ["schema", "table", "json"] as const;
const NONE: readonly DataItem[] = [];

export function DataPanel(props: DataPanelProps) {
  const { runs, title } = props;
  const [wanted, setRun] = useState<number | null>(null);
  const [typed, setTyped] = useState("");
  const [isEditing, setEditing] = useState(false);
  const at = wanted !== null && wanted < runs.length ? wanted : runs.length - 1;
  const items = runs[at]?.items ?? NONE;
  const found = useFoundItems(items, typed);
  const head = <DataHead {...props} items={items} found={found.json.length} run={at} setRun={setRun} typed={typed} setTyped={setTyped} edit={() => setEditing(true)} />;
  const framed = (content: ReactNode): ReactNode => (
    <section className="data-panel" aria-label={title}>
      {head}
      {content}
    </section>
  );
  if (isEditing && props.onSavePinned) return framed(<PinnedEditor items={items} save={props.onSavePinned} close={() => setEditing(false)} />);
  if (items.length === 0) {
    return framed(<EmptyState small level={3} title={runs.length > 0 ? _("No items") : _("No data yet")} text={props.emptyText} actions={props.emptyActions} />);
  }
  return framed(
    <>
      <Notes items={items} />
      <Looks {...props} found={found} />
    </>,
  );
}

/** The items as schema, table and JSON; a place in them can be put into an expression. */
function Looks({ title, nodeName, isInputOf, draggable = false, found: { json, positions, search } }: DataPanelProps & { readonly found: FoundItems }) {
  const [tab, setTab] = useRemembered("data-panel", TABS, "schema");
  const root = rootOf(nodeName, isInputOf !== undefined || !nodeName);
  const { choice, chosen } = usePathChoice(root, draggable);
  const both = itemTabs({
    label: title,
    rows: json,
    positions,
    search,
    words: { table: _("Table"), json: _("JSON") },
    instead: json.length > 0 ? undefined : <p className="data-note">{_("Nothing was found.")}</p>,
    // A path begins with the position of the item.
    table: { actions: (path) => <PathActions root={root} path={path.slice(1)} insert={choice.insert} /> },
    tree: {
      onCurrent: ({ path, value }) => choice.show(path.slice(1), value),
      onChoose: ({ path }) => choice.insert(path.slice(1)),
      onDragStart: choice.drag && (({ path }, data) => choice.drag?.(path.slice(1), data)),
    },
  });
  return (
    <>
      <Tabs className="data-tabs" label={title} value={tab} onChange={setTab} items={[{ id: "schema", label: _("Schema"), content: <Schema label={_("Fields")} items={json} search={search} choice={choice} /> }, ...both]} />
      {chosen && tab !== "table" && <PathBar root={root} {...chosen} insert={choice.insert} />}
    </>
  );
}
