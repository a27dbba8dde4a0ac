import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { CodeEditor } from "../expressions/CodeEditor";
import { parseItems, textOfItems } from "./pinned";
import type { DataItem } from "./types";

interface PinnedEditorProps {
  readonly items: readonly DataItem[];
  readonly save: (items: readonly DataItem[]) => void;
  readonly close: () => void;
}

/** Pinned data as JSON, checked before they are kept. */
export function PinnedEditor({ items, save, close }: PinnedEditorProps) {
  const [text, setText] = useState(() => textOfItems(items));
  const [isAsked, setAsked] = useState(false);
  const parsed = parseItems(text);
  const fault = "items" in parsed ? null : parsed;
  const keep = (): void => {
    setAsked(true);
    if (!("items" in parsed)) return;
    save(parsed.items);
    close();
  };
  return (
    <div className="pinned-editor">
      <CodeEditor text={text} onChange={setText} mode="json" multiline fault={fault} aria={{ "aria-label": _("Pinned data as JSON"), "aria-invalid": fault ? true : undefined, "aria-multiline": true }} />
      <div className="pinned-foot">
        <p className="pinned-fault" role={isAsked ? "alert" : undefined}>
          {fault?.message}
        </p>
        <Button size="small" variant="ghost" onClick={close}>
          {_("Cancel")}
        </Button>
        <Button size="small" variant="primary" disabled={fault !== null} onClick={keep}>
          {_("Save pinned data")}
        </Button>
      </div>
    </div>
  );
}
