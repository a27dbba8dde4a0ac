import { Braces, Download, Pencil, Pin, PinOff } from "lucide-react";
import { _, _n } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";
import { Search } from "../../ui/Search";
import { Select } from "../../ui/Select";
import type { DataPanelProps } from "./DataPanel";
import { downloadText } from "./download";
import type { DataItem } from "./types";

interface DataHeadProps extends DataPanelProps {
  readonly items: readonly DataItem[];
  readonly found: number;
  readonly run: number;
  readonly setRun: (run: number) => void;
  readonly typed: string;
  readonly setTyped: (text: string) => void;
  readonly edit: () => void;
}

/** Title, count, which run and port, search, and what can be done with all items. */
export function DataHead(props: DataHeadProps) {
  const { title, items, found, runs, run, setRun, ports = [], port = "", onPort, typed, setTyped, pinned } = props;
  const count = typed ? _("{n} of {count} items", { n: found, count: items.length }) : _n("{n} item", "{n} items", items.length);
  const runOptions = runs.map(({ label }, at) => ({ value: String(at), label }));
  return (
    <header className="data-head">
      <div className="data-head-line">
        <h3>{title}</h3>
        {pinned && (
          <span className="chip">
            <Pin size={11} aria-hidden="true" /> {_("Pinned")}
          </span>
        )}
        {items.length > 0 && (
          <span className="data-count" role="status">
            {count}
          </span>
        )}
        <Actions {...props} />
      </div>
      {(items.length > 0 || ports.length > 1 || runs.length > 1) && (
        <div className="data-head-line">
          {items.length > 0 && <Search label={_("Search in data")} value={typed} onChange={setTyped} />}
          {ports.length > 1 && <Select aria-label={_("Port")} value={port} options={ports} onChange={(chosen) => onPort?.(chosen)} />}
          {runs.length > 1 && <Select aria-label={_("Run")} value={String(run)} options={runOptions} onChange={(chosen) => setRun(Number(chosen))} />}
        </div>
      )}
    </header>
  );
}

function Actions({ title, items, pinned, onPin, onUnpin, onSavePinned, edit }: DataHeadProps) {
  const text = (): string => JSON.stringify(items.map((item) => item.json), null, 2);
  const hasItems = items.length > 0;
  return (
    <span className="data-actions">
      {onSavePinned && <IconButton size="small" icon={hasItems ? <Pencil size={14} aria-hidden="true" /> : <Braces size={14} aria-hidden="true" />} label={_("Edit as pinned data")} onClick={edit} />}
      {pinned && onUnpin && <IconButton size="small" icon={<PinOff size={14} aria-hidden="true" />} label={_("Unpin")} onClick={onUnpin} />}
      {!pinned && onPin && hasItems && <IconButton size="small" icon={<Pin size={14} aria-hidden="true" />} label={_("Pin these data")} onClick={() => onPin(items)} />}
      {hasItems && <CopyButton label={_("Copy JSON")} text={text} />}
      {hasItems && <IconButton size="small" icon={<Download size={14} aria-hidden="true" />} label={_("Download JSON")} onClick={() => downloadText(`${fileName(title)}.json`, text())} />}
    </span>
  );
}

/** A name that every system takes. */
function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N} ._-]+/gu, "").trim().slice(0, 80) || "data";
}
