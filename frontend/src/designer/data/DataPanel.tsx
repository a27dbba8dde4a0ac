/** What went into a node or came out of it: as a schema, a table and JSON. */
import { useMemo, useState } from "react";
import { ItemTable } from "../../data-view/ItemTable";
import { JsonTree } from "../../data-view/JsonTree";
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
import { useFoundItems } from "./use-items";
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
  const { runs, title, draggable = false } = props;
  const [tab, setTab] = useRemembered("data-panel", TABS, "schema");
  const [wanted, setRun] = useState<number | null>(null);
  const [typed, setTyped] = useState("");
  const [isEditing, setEditing] = useState(false);
  const at = wanted !== null && wanted < runs.length ? wanted : runs.length - 1;
  const items = runs[at]?.items ?? NONE;
  const found = useFoundItems(items, typed);
  const root = rootOf(props.nodeName, props.isInputOf !== undefined || !props.nodeName);
  const { choice, chosen } = usePathChoice(root, draggable);
  const names = useMemo(() => found.positions.map((position) => position + 1), [found]);
  const { json, positions, search } = found;
  const head = <DataHead {...props} items={items} found={json.length} run={at} setRun={setRun} typed={typed} setTyped={setTyped} edit={() => setEditing(true)} />;
  if (isEditing && props.onSavePinned) {
    return (
      <section className="data-panel" aria-label={title}>
        {head}
        <PinnedEditor items={items} save={props.onSavePinned} close={() => setEditing(false)} />
      </section>
    );
  }
  if (items.length === 0) {
    return (
      <section className="data-panel" aria-label={title}>
        {head}
        <EmptyState small level={3} title={runs.length > 0 ? _("No items") : _("No data yet")} text={props.emptyText} actions={props.emptyActions} />
      </section>
    );
  }
  const content = json.length > 0 ? null : <p className="data-note">{_("Nothing was found.")}</p>;
  return (
    <section className="data-panel" aria-label={title}>
      {head}
      <Notes items={items} />
      <Tabs
        className="data-tabs"
        label={title}
        value={tab}
        onChange={setTab}
        items={[
          { id: "schema", label: _("Schema"), content: <Schema label={_("Fields")} items={json} search={search} choice={choice} /> },
          {
            id: "table",
            label: _("Table"),
            content: content ?? (
              <ItemTable
                label={title}
                rows={json}
                positions={positions}
                search={search}
                actions={(path) => <PathActions root={root} path={path.slice(1)} insert={choice.insert} />}
              />
            ),
          },
          {
            id: "json",
            label: _("JSON"),
            content: content ?? (
              <JsonTree
                label={title}
                values={json}
                names={names}
                search={search}
                onCurrent={({ path, value }) => choice.show(path.slice(1), value)}
                onChoose={({ path }) => choice.insert(path.slice(1))}
                onDragStart={choice.drag && (({ path }, data) => choice.drag?.(path.slice(1), data))}
              />
            ),
          },
        ]}
      />
      {chosen && tab !== "table" && <PathBar root={root} {...chosen} insert={choice.insert} />}
    </section>
  );
}
