import { useState } from "react";
import { Button } from "../Button";
import { Disclosure } from "../Disclosure";
import { EmptyState } from "../EmptyState";
import { Pill } from "../Pill";
import { Progress } from "../Progress";
import { Spinner } from "../Spinner";
import { Splitter } from "../Splitter";
import { Tabs } from "../Tabs";
import { Tile } from "../Tile";
import { VirtualList } from "../VirtualList";
import { STATUSES } from "../looks";
import { Sample } from "./Sample";

const KINDS = ["trigger", "http", "logic", "data", "ai", "other"];
const ROWS = 10_000;

export function Surfaces() {
  const [tab, setTab] = useState<"schema" | "table" | "json">("schema");
  return (
    <>
      <Sample title="Pill, Tile, SymbolIcon, Spinner, Progress">
        <div className="row">
          {STATUSES.map((status) => (
            <Pill key={status} status={status} />
          ))}
          <Pill status="something_new" />
        </div>
        <div className="row">
          {KINDS.map((kind) => (
            <Tile key={kind} kind={kind} icon="globe" />
          ))}
          <Tile kind="http" icon="globe" size="small" />
          <Tile kind="http" icon="globe" size="large" />
          <Tile kind="http" icon="no-such-symbol" />
          <Spinner />
        </div>
        <Progress label="Imported" value={62} />
        <Progress label="Running" value={null} />
      </Sample>
      <Sample title="Tabs, Disclosure, EmptyState">
        <Tabs
          label="Output"
          value={tab}
          onChange={setTab}
          items={[
            { id: "schema", label: "Schema", content: <p>Keys and their types.</p> },
            { id: "table", label: "Table", badge: 12, content: <p>Rows.</p> },
            { id: "json", label: "JSON", content: <p>Text.</p> },
          ]}
        />
        <Disclosure label="Settings" badge={2} defaultOpen>
          <p>Retry on failure, continue on error.</p>
        </Disclosure>
        <Disclosure label="Notes">
          <p>Nothing yet.</p>
        </Disclosure>
        <EmptyState small level={4} title="Nothing has run yet" text="Press Run to see the data of each node." actions={<Button size="small">Run</Button>} />
      </Sample>
      <Sample title="Splitter, VirtualList">
        <div className="gallery-split">
          <Splitter
            label="Width of the list"
            sized="first"
            defaultSize={220}
            max={480}
            first={<VirtualList label="Ten thousand rows" count={ROWS} estimate={28} row={(index) => <div className="gallery-row">Row {index + 1}</div>} />}
            second={<p className="gallery-row">The rest. The bar moves by arrows, Home and End.</p>}
          />
        </div>
      </Sample>
    </>
  );
}
